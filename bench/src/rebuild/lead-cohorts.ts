/**
 * Leads that live at the same time: the next transaction of each comes before the one after it of any. A batch of 500
 * events thus touches some 200 rows, as in a stream that many leads share.
 */
export const LEADS_AT_A_TIME = 500
