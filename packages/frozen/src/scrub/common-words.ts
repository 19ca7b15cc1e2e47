/**
 * Words that are names as well: as words of a sentence they stay, so that rules read the sentence as before. As a name
 * they are written with a capital, and are replaced then.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'a al am an and as at be by de do du en for from go he her in is it la le may me mi my no of on or our so the to up us van von we will ' +
    'art april august bill black brown chase christian cook dean drew earl faith frank gene glen grace grant green guy hall hill hope ' +
    'joy june king lane law lee long love major mark miles pat pace page park penny price ray reed rich rose ' +
    'ruby rush skip stone summer sue street ward west white wood young'
  ).split(' ')
)

/** Words of rooms, mailboxes and legal forms, which are nobody: they stay wherever they stand. */
export const NOBODY: ReadonlySet<string> = new Set(
  (
    'admin billing contact demo guest hello help host info mail marketing meeting notetaker office organizer product room sales speaker support team unknown ' +
    'ag co corp company consulting digital gmbh group global health inc international labs limited llc ltd media ' +
    'partners plc services solutions software studio systems tech technologies technology'
  ).split(' ')
)
