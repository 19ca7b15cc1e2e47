// Generated from the gateway's OpenAPI document by "pnpm run docs"; do not edit.

/** Every read of the gateway by its path. */
export interface GatewayReads {
  /** How the system is, for anybody; `/status` shows it as a page */
  '/status.json': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      /** ISO 8601 time with zone */
      at: string
      /** one sentence */
      summary: string
      parts: {
        part: 'webhooks' | 'processing' | 'crm' | 'reads' | 'notifications'
        name: string
        state: 'working' | 'delayed' | 'not-working' | 'unknown'
        /** the state in words */
        words: string
        /** ISO 8601 time with zone */
        since: string
      }[]
      incidents:
        | {
            part: 'webhooks' | 'processing' | 'crm' | 'reads' | 'notifications'
            what: string
            /** ISO 8601 time with zone */
            from: string
            until: string | null
          }[]
        | null
    }
  }
  /** Webhooks and how far they got */
  '/v1/received-events': {
    path: Record<never, never>
    query: {
      provider?: string
      eventType?: string
      status?: string
      idempotencyKey?: string
      leadId?: string
      from?: string
      to?: string
      sort?: '-receivedAt' | 'receivedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        provider: string
        eventType: string
        externalId: string
        idempotencyKey: string
        status: 'queued' | 'processing' | 'processed' | 'ignored' | 'failed'
        /** ISO 8601 time with zone */
        receivedAt: string
        startedAt: string | null
        finishedAt: string | null
        lastActivityAt: string | null
        /** bytes of the body */
        size: number
        /** attempts that the most troublesome step has taken so far; 1 without trouble */
        attempts: number
        failedAttempts: number
        nextAttemptAt: string | null
        lastError: {
          /** ISO 8601 time with zone */
          at: string
          service: string
          handler: string
          attempt: number
          code: string
          message: string
        } | null
        ignoredBecause: string | null
        /** steps under way, CRM writes included */
        pendingSteps: number
        lead: {
          id: string
          name: string | null
          email: string
        } | null
        meetingId: string | null
      }[]
      nextCursor: string | null
    }
  }
  /** One webhook with every step, failure and CRM write */
  '/v1/received-events/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      id: string
      provider: string
      eventType: string
      externalId: string
      idempotencyKey: string
      status: 'queued' | 'processing' | 'processed' | 'ignored' | 'failed'
      /** ISO 8601 time with zone */
      receivedAt: string
      startedAt: string | null
      finishedAt: string | null
      lastActivityAt: string | null
      /** bytes of the body */
      size: number
      /** attempts that the most troublesome step has taken so far; 1 without trouble */
      attempts: number
      failedAttempts: number
      nextAttemptAt: string | null
      lastError: {
        /** ISO 8601 time with zone */
        at: string
        service: string
        handler: string
        attempt: number
        code: string
        message: string
      } | null
      ignoredBecause: string | null
      /** steps under way, CRM writes included */
      pendingSteps: number
      lead: {
        id: string
        name: string | null
        email: string
      } | null
      meetingId: string | null
      /** how the signature was verified */
      verifiedBy: string
      ignoredDetail: string | null
      steps: {
        kind: 'translate' | 'lead' | 'extract' | 'sync' | 'record' | 'note' | 'contact' | 'deal' | 'task'
        /** the event or write that the step belongs to */
        causeId: string
        /** ISO 8601 time with zone */
        startedAt: string
        finishedAt: string | null
      }[]
      failedAttemptLog: {
        id: string
        /** ISO 8601 time with zone */
        at: string
        service: string
        handler: string
        attempt: number
        /** true: nothing was tried, what it needs is away; no attempt was used up */
        deferred: boolean
        code: string
        message: string
        /** ISO 8601 time with zone */
        nextAttemptAt: string
        eventId: string | null
        eventType: string | null
      }[]
      deadLetters: {
        id: string
        /** ISO 8601 time with zone */
        at: string
        state: 'open' | 'resolved' | 'discarded'
        /** its place in DEAD_LETTERS, which commands about it ask for */
        deadLetterSequence: number
        closedAt: string | null
        closedBy: string | null
        discardReason: string | null
        /** how often it was tried again by an operator */
        retries: number
        lastRetry: {
          /** ISO 8601 time with zone */
          at: string
          by: string
          code: string
          message: string
          fingerprint: string
        } | null
        service: string
        handler: string
        /** permanent, attempts-exhausted or unreadable */
        reason: string
        code: string
        message: string
        /** the same for failures of one kind */
        fingerprint: string
        attempts: number
        /** where the message stands */
        stream: string
        sequence: number
        eventId: string | null
        eventType: string | null
        subject: string | null
        receivedEventId: string
        lead: {
          id: string
          name: string | null
          email: string
        } | null
        meetingId: string | null
      }[]
      crmWrites: {
        id: string
        leadId: string
        kind: 'record' | 'note' | 'contact' | 'deal' | 'task'
        key: string | null
        state: 'queued' | 'unknown' | 'written' | 'unchanged' | 'simulated' | 'refused'
        provider: string
        module: string
        lane: string | null
        crmId: string | null
        crmNoteId: string | null
        action: string | null
        fieldNames: string[]
        values: Record<string, unknown> | null
        note: {
          kind: 'booking' | 'meeting'
          meetingId: string | null
          title: string
          content: string
        } | null
        causeId: string | null
        /** the webhook (or command) at the beginning */
        receivedEventId: string
        queuedEventId: string | null
        settledEventId: string | null
        /** ISO 8601 time with zone */
        queuedAt: string
        settledAt: string | null
        httpStatus: number | null
        batchSize: number | null
        waitedMs: number | null
        latencyMs: number | null
        mappingVersion: number | null
        unknownReason: string | null
        error: {
          code: string
          field: string | null
          message: string
        } | null
      }[]
    }
  }
  /** Leads */
  '/v1/leads': {
    path: Record<never, never>
    query: {
      email?: string
      status?: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
      crmState?: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
      q?: string
      sort?: '-lastActivityAt' | 'lastActivityAt' | '-capturedAt' | 'capturedAt' | 'email' | '-email'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        email: string
        name: string | null
        firstName: string | null
        lastName: string | null
        phone: string | null
        company: string | null
        title: string | null
        timezone: string | null
        status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
        statusChangedAt: string | null
        origin: string | null
        /** ISO 8601 time with zone */
        capturedAt: string
        demo: {
          /** ISO 8601 time with zone */
          startsAt: string
          timezone: string | null
          source: 'calendar' | 'notetaker'
        } | null
        meetingCount: number
        /** fields that extractions gave */
        fieldCount: number
        /** ISO 8601 time with zone */
        lastActivityAt: string
        crm: {
          state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
          provider: string | null
          module: string | null
          id: string | null
          syncedAt: string | null
          waitingWrites: number
          error: string | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One lead with every field, its evidence and provenance, now or as it was */
  '/v1/leads/{id}': {
    path: {
      id: string
    }
    query: {
      asOf?: string
      expand?: string
      after?: number
    }
    answer: {
      id: string
      email: string
      name: string | null
      firstName: string | null
      lastName: string | null
      phone: string | null
      company: string | null
      title: string | null
      timezone: string | null
      status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
      statusChangedAt: string | null
      origin: string | null
      /** ISO 8601 time with zone */
      capturedAt: string
      demo: {
        /** ISO 8601 time with zone */
        startsAt: string
        timezone: string | null
        source: 'calendar' | 'notetaker'
      } | null
      meetingCount: number
      /** fields that extractions gave */
      fieldCount: number
      /** ISO 8601 time with zone */
      lastActivityAt: string
      crm: {
        state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
        provider: string | null
        module: string | null
        id: string | null
        syncedAt: string | null
        waitingWrites: number
        error: string | null
      }
      meetingIds: string[]
      fields: Record<
        string,
        {
          value: string | number | string[]
          evidence: string | null
          kind: 'lead-intel' | 'meddic'
          /** rules, gemini or openai */
          provider: string
          model: string
          promptVersion: string
          confidence: number | null
          extractionId: string
          meetingId: string
          /** ISO 8601 time with zone */
          observedAt: string
          /** the event that gave the value; its trace shows the whole way */
          eventId: string
        }
      >
      asOf?: {
        /** of the log; `asOf=<sequence>` shows the same for ever */
        sequence: number
        /** ISO 8601 time with zone */
        time: string
        /** to share: shows the same for ever, but what was erased meanwhile */
        link: string
      }
      /** what `expand` asked for: the first 50 of each, the newest first */
      expanded?: {
        meetings?: {
          data: {
            id: string
            status: 'booked' | 'rescheduled' | 'canceled' | 'no-show' | 'held'
            title: string | null
            leadId: string | null
            customer: {
              email: string | null
              name: string | null
            }
            startsAt: string | null
            endsAt: string | null
            platform: string | null
            joinUrl: string | null
            host: {
              name: string | null
              email: string | null
            }
            reportUrl: string | null
            /** by ScheduleMeeting: it can be moved and canceled here */
            bookedHere: boolean
            /** how often the booking was replaced */
            reschedules: number
            transcript: {
              verdict: 'good' | 'partial' | 'unusable'
              coverage: number
              flags: string[]
            } | null
            attendance: {
              verdict: 'attended' | 'not-attended' | 'unknown'
              because: (('participant' | 'report' | 'transcript') | ('ended' | 'time-passed')) | null
              decidedAt: string | null
              startedAt: string | null
              endedAt: string | null
            }
            meddic: {
              /** parts that the transcript supports */
              filled: number
              total: number
              rejectedBecause: string | null
            } | null
          }[]
          nextCursor: string | null
        }
        calls?: {
          data: {
            id: string
            callSid: string | null
            dialId: string | null
            direction: 'inbound' | 'outbound'
            status:
              | 'queued'
              | 'initiated'
              | 'ringing'
              | 'in-progress'
              | 'busy'
              | 'no-answer'
              | 'canceled'
              | 'failed'
              | 'completed'
            /** not over yet, as far as Twilio said */
            live: boolean
            leadId: string | null
            number: string | null
            ours: string | null
            flow: {
              flowId: string
              version: number
              name: string | null
            } | null
            step: {
              id: string
              kind: string | null
              label: string | null
              queue: string | null
              /** ISO 8601 time with zone */
              since: string
            } | null
            fellBack: {
              reason: string
              number: string | null
              /** ISO 8601 time with zone */
              at: string
            } | null
            transfer: {
              transferId: string
              conferenceId: string
              /** of the call to the colleague: `CancelCall` calls it off */
              dialId: string
              to: string | null
              why: string | null
              completionRequested: boolean
              stage: 'moving' | 'calling' | 'introducing' | 'with-colleague' | 'with-agent' | 'fell-back' | 'over'
              /** ISO 8601 time with zone */
              requestedAt: string
              /** ISO 8601 time with zone */
              stageAt: string
            } | null
            /** ISO 8601 time with zone */
            startedAt: string
            endedAt: string | null
            durationSeconds: number | null
            /** ISO 8601 time with zone */
            lastHeardAt: string
            overdueAt: string | null
            recordingCount: number
          }[]
          nextCursor: string | null
        }
        crmWrites?: {
          data: {
            id: string
            leadId: string
            kind: 'record' | 'note' | 'contact' | 'deal' | 'task'
            key: string | null
            state: 'queued' | 'unknown' | 'written' | 'unchanged' | 'simulated' | 'refused'
            provider: string
            module: string
            lane: string | null
            crmId: string | null
            crmNoteId: string | null
            action: string | null
            fieldNames: string[]
            values: Record<string, unknown> | null
            note: {
              kind: 'booking' | 'meeting'
              meetingId: string | null
              title: string
              content: string
            } | null
            causeId: string | null
            /** the webhook (or command) at the beginning */
            receivedEventId: string
            queuedEventId: string | null
            settledEventId: string | null
            /** ISO 8601 time with zone */
            queuedAt: string
            settledAt: string | null
            httpStatus: number | null
            batchSize: number | null
            waitedMs: number | null
            latencyMs: number | null
            mappingVersion: number | null
            unknownReason: string | null
            error: {
              code: string
              field: string | null
              message: string
            } | null
          }[]
          nextCursor: string | null
        }
        timeline?: {
          data: {
            /** its trace shows causes and effects */
            eventId: string
            type: string
            kind:
              | 'lead'
              | 'meeting'
              | 'call'
              | 'sms'
              | 'invoice'
              | 'status'
              | 'extraction'
              | 'enrichment'
              | 'crm-write'
              | 'note'
              | 'task'
              | 'failure'
              | 'alert'
            title: string
            detail: string | null
            /** who says so: a provider, a model, the CRM, a service */
            source: string
            /** own time of the fact */
            at: string
            /** ISO 8601 time with zone */
            recordedAt: string
            receivedEventId: string
            meetingId: string | null
            callId: string | null
            invoiceId: string | null
            paymentId: string | null
          }[]
          nextCursor: string | null
        }
      }
    }
  }
  /** What changed between two moments, field by field, with the event that changed each */
  '/v1/leads/{id}/changes': {
    path: {
      id: string
    }
    query: {
      from?: string
      to?: string
    }
    answer: {
      id: string
      from: {
        /** of the log; `asOf=<sequence>` shows the same for ever */
        sequence: number
        /** ISO 8601 time with zone */
        time: string
        /** to share: shows the same for ever, but what was erased meanwhile */
        link: string
      } | null
      to: {
        /** of the log; `asOf=<sequence>` shows the same for ever */
        sequence: number
        /** ISO 8601 time with zone */
        time: string
        /** to share: shows the same for ever, but what was erased meanwhile */
        link: string
      }
      /** to share: the same two moments */
      link: string
      changes: {
        /** as in the lead: `status`, `demo.startsAt`, `fields.company` */
        field: string
        before: unknown
        after: unknown
        event: {
          /** its trace shows why */
          id: string
          type: string
          sequence: number
          /** ISO 8601 time with zone */
          time: string
        } | null
      }[]
    }
  }
  /** Leads, meetings and calls by what somebody types */
  '/v1/search': {
    path: Record<never, never>
    query: {
      q?: string
      kind?: 'lead' | 'meeting' | 'call'
      limit?: number
      after?: number
    }
    answer: {
      data: {
        kind: 'lead' | 'meeting' | 'call'
        /** of `/v1/leads/{id}`, `/v1/meetings/{id}` or `/v1/calls/{id}` */
        id: string
        /** name or address of a lead; title of a meeting; number of a call */
        title: string
        detail: string | null
        status:
          | 'new'
          | 'demo-booked'
          | 'demo-complete'
          | 'demo-canceled'
          | 'demo-no-show'
          | 'booked'
          | 'rescheduled'
          | 'canceled'
          | 'no-show'
          | 'held'
          | 'queued'
          | 'initiated'
          | 'ringing'
          | 'in-progress'
          | 'busy'
          | 'no-answer'
          | 'failed'
          | 'completed'
        /** ISO 8601 time with zone */
        at: string
        /** false: nothing has the words, this has some like them */
        exact: boolean
        highlights: {
          /** name, email, company, title, phone or customer */
          field: string
          text: string
          /** from `start` to before `end`, in UTF-16 units of the text; in order, without overlap */
          ranges: {
            start: number
            end: number
          }[]
        }[]
      }[]
    }
  }
  /** Everything that happened to a lead */
  '/v1/leads/{id}/timeline': {
    path: {
      id: string
    }
    query: {
      kind?:
        | 'lead'
        | 'meeting'
        | 'call'
        | 'sms'
        | 'invoice'
        | 'status'
        | 'extraction'
        | 'enrichment'
        | 'crm-write'
        | 'note'
        | 'task'
        | 'failure'
        | 'alert'
      sort?: '-at' | 'at'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** its trace shows causes and effects */
        eventId: string
        type: string
        kind:
          | 'lead'
          | 'meeting'
          | 'call'
          | 'sms'
          | 'invoice'
          | 'status'
          | 'extraction'
          | 'enrichment'
          | 'crm-write'
          | 'note'
          | 'task'
          | 'failure'
          | 'alert'
        title: string
        detail: string | null
        /** who says so: a provider, a model, the CRM, a service */
        source: string
        /** own time of the fact */
        at: string
        /** ISO 8601 time with zone */
        recordedAt: string
        receivedEventId: string
        meetingId: string | null
        callId: string | null
        invoiceId: string | null
        paymentId: string | null
      }[]
      nextCursor: string | null
    }
  }
  /** Meetings */
  '/v1/meetings': {
    path: Record<never, never>
    query: {
      leadId?: string
      status?: 'booked' | 'rescheduled' | 'canceled' | 'no-show' | 'held'
      from?: string
      to?: string
      expand?: string
      sort?: '-startsAt' | 'startsAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        status: 'booked' | 'rescheduled' | 'canceled' | 'no-show' | 'held'
        title: string | null
        leadId: string | null
        customer: {
          email: string | null
          name: string | null
        }
        startsAt: string | null
        endsAt: string | null
        platform: string | null
        joinUrl: string | null
        host: {
          name: string | null
          email: string | null
        }
        reportUrl: string | null
        /** by ScheduleMeeting: it can be moved and canceled here */
        bookedHere: boolean
        /** how often the booking was replaced */
        reschedules: number
        transcript: {
          verdict: 'good' | 'partial' | 'unusable'
          coverage: number
          flags: string[]
        } | null
        attendance: {
          verdict: 'attended' | 'not-attended' | 'unknown'
          because: (('participant' | 'report' | 'transcript') | ('ended' | 'time-passed')) | null
          decidedAt: string | null
          startedAt: string | null
          endedAt: string | null
        }
        meddic: {
          /** parts that the transcript supports */
          filled: number
          total: number
          rejectedBecause: string | null
        } | null
        /** what `expand` asked for */
        expanded?: {
          lead: {
            id: string
            email: string
            name: string | null
            firstName: string | null
            lastName: string | null
            phone: string | null
            company: string | null
            title: string | null
            timezone: string | null
            status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
            statusChangedAt: string | null
            origin: string | null
            /** ISO 8601 time with zone */
            capturedAt: string
            demo: {
              /** ISO 8601 time with zone */
              startsAt: string
              timezone: string | null
              source: 'calendar' | 'notetaker'
            } | null
            meetingCount: number
            /** fields that extractions gave */
            fieldCount: number
            /** ISO 8601 time with zone */
            lastActivityAt: string
            crm: {
              state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
              provider: string | null
              module: string | null
              id: string | null
              syncedAt: string | null
              waitingWrites: number
              error: string | null
            }
          } | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One meeting with its bookings, sessions and MEDDIC */
  '/v1/meetings/{id}': {
    path: {
      id: string
    }
    query: {
      expand?: string
      after?: number
    }
    answer: {
      id: string
      status: 'booked' | 'rescheduled' | 'canceled' | 'no-show' | 'held'
      title: string | null
      leadId: string | null
      customer: {
        email: string | null
        name: string | null
      }
      startsAt: string | null
      endsAt: string | null
      platform: string | null
      joinUrl: string | null
      host: {
        name: string | null
        email: string | null
      }
      reportUrl: string | null
      /** by ScheduleMeeting: it can be moved and canceled here */
      bookedHere: boolean
      /** how often the booking was replaced */
      reschedules: number
      transcript: {
        verdict: 'good' | 'partial' | 'unusable'
        coverage: number
        flags: string[]
      } | null
      attendance: {
        verdict: 'attended' | 'not-attended' | 'unknown'
        because: (('participant' | 'report' | 'transcript') | ('ended' | 'time-passed')) | null
        decidedAt: string | null
        startedAt: string | null
        endedAt: string | null
      }
      meddic: {
        /** parts that the transcript supports */
        filled: number
        total: number
        rejectedBecause: string | null
      } | null
      bookings: {
        uri: string
        state: 'active' | 'superseded' | 'canceled' | 'no-show'
        previousUri: string | null
        startsAt: string | null
        endsAt: string | null
        bookedAt: string | null
        canceledAt: string | null
        canceledBy: string | null
        cancelReason: string | null
        supersededByUri: string | null
      }[]
      sessions: {
        id: string
        title: string
        /** ISO 8601 time with zone */
        startedAt: string
        /** ISO 8601 time with zone */
        endedAt: string
        durationMinutes: number
        platform: string | null
        reportUrl: string | null
        participants: number
      }[]
      /** the times that it took place on its platform, with who was there */
      instances: {
        /** the platform's id of it */
        uuid: string
        startedAt: string | null
        endedAt: string | null
        participants: {
          name: string | null
          email: string | null
          side: 'ours' | 'notetaker' | 'outside'
          joinedAt: string | null
          leftAt: string | null
        }[]
      }[]
      room: {
        state: 'opened' | 'moved' | 'link' | 'closed' | 'failed'
        /** ISO 8601 time with zone */
        changedAt: string
        joinUrl: string | null
        platformMeetingId: string | null
        hostEmail: string | null
        closedBecause: string | null
        failure: {
          doing: 'open' | 'move' | 'close'
          reason:
            | 'not-connected'
            | 'grant-refused'
            | 'host-unknown'
            | 'host-not-licensed'
            | 'scope-missing'
            | 'app-refused'
            | 'daily-limit'
            | 'gone'
            | 'refused'
            | 'dry-run'
          /** what to do about it */
          detail: string
          retryAt: string | null
          /** ISO 8601 time with zone */
          failedAt: string
        } | null
      } | null
      /** mails with a file for calendars that went out */
      invitations: {
        method: 'REQUEST' | 'CANCEL'
        sequence: number
        /** ISO 8601 time with zone */
        startsAt: string
        /** ISO 8601 time with zone */
        endsAt: string
        hasLink: boolean
        /** to how many people it went */
        recipients: number
        /** ISO 8601 time with zone */
        mailedAt: string
      }[]
      changedAtZoom: {
        change: 'moved' | 'deleted'
        startsAt: string | null
        /** ISO 8601 time with zone */
        changedAt: string
      } | null
      recordings: {
        id: string
        kind: 'video' | 'audio' | 'transcript'
        state: 'waiting' | 'stored' | 'unavailable' | 'deleted'
        unavailableBecause: ('expired' | 'refused' | 'too-large' | 'unreadable' | 'erased') | null
        deletedBecause: ('retention' | 'erasure') | null
        deletedAt: string | null
        mediaUrl: string | null
        contentType: string | null
        sizeBytes: number | null
        startedAt: string | null
        endedAt: string | null
        storedAt: string | null
      }[]
      mergedMeetingIds: string[]
      transcriptQuality: {
        verdict: 'good' | 'partial' | 'unusable'
        /** share of the meeting that the transcript spans with speech */
        coverage: number
        longestGapSeconds: number
        speakerCount: number
        blockCount: number
        characterCount: number
        flags: string[]
      } | null
      qualification: {
        parts: Record<string, string>
        evidence: Record<string, string>
        confidence: number | null
        provider: string | null
        model: string | null
        promptVersion: string | null
        extractionId: string
        eventId: string
        /** ISO 8601 time with zone */
        observedAt: string
      } | null
      /** what `expand` asked for */
      expanded?: {
        lead: {
          id: string
          email: string
          name: string | null
          firstName: string | null
          lastName: string | null
          phone: string | null
          company: string | null
          title: string | null
          timezone: string | null
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          statusChangedAt: string | null
          origin: string | null
          /** ISO 8601 time with zone */
          capturedAt: string
          demo: {
            /** ISO 8601 time with zone */
            startsAt: string
            timezone: string | null
            source: 'calendar' | 'notetaker'
          } | null
          meetingCount: number
          /** fields that extractions gave */
          fieldCount: number
          /** ISO 8601 time with zone */
          lastActivityAt: string
          crm: {
            state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
            provider: string | null
            module: string | null
            id: string | null
            syncedAt: string | null
            waitingWrites: number
            error: string | null
          }
        } | null
      }
    }
  }
  /** What was said in a meeting, as its platform wrote it down; empty where nothing was */
  '/v1/meetings/{id}/transcript': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      data: {
        startMs: number
        endMs: number
        speaker: string
        words: string
      }[]
    }
  }
  /** A recording of a meeting, whole or in parts; each play is noted */
  '/v1/meetings/{id}/recordings/{recordingId}/media': {
    path: {
      id: string
      recordingId: string
    }
    query: Record<never, never>
    answer: string
  }
  /** Calls */
  '/v1/calls': {
    path: Record<never, never>
    query: {
      status?:
        'queued' | 'initiated' | 'ringing' | 'in-progress' | 'busy' | 'no-answer' | 'canceled' | 'failed' | 'completed'
      direction?: 'inbound' | 'outbound'
      leadId?: string
      flowId?: string
      number?: string
      live?: 'true' | 'false'
      from?: string
      to?: string
      expand?: string
      sort?: '-startedAt' | 'startedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        callSid: string | null
        dialId: string | null
        direction: 'inbound' | 'outbound'
        status:
          | 'queued'
          | 'initiated'
          | 'ringing'
          | 'in-progress'
          | 'busy'
          | 'no-answer'
          | 'canceled'
          | 'failed'
          | 'completed'
        /** not over yet, as far as Twilio said */
        live: boolean
        leadId: string | null
        number: string | null
        ours: string | null
        flow: {
          flowId: string
          version: number
          name: string | null
        } | null
        step: {
          id: string
          kind: string | null
          label: string | null
          queue: string | null
          /** ISO 8601 time with zone */
          since: string
        } | null
        fellBack: {
          reason: string
          number: string | null
          /** ISO 8601 time with zone */
          at: string
        } | null
        transfer: {
          transferId: string
          conferenceId: string
          /** of the call to the colleague: `CancelCall` calls it off */
          dialId: string
          to: string | null
          why: string | null
          completionRequested: boolean
          stage: 'moving' | 'calling' | 'introducing' | 'with-colleague' | 'with-agent' | 'fell-back' | 'over'
          /** ISO 8601 time with zone */
          requestedAt: string
          /** ISO 8601 time with zone */
          stageAt: string
        } | null
        /** ISO 8601 time with zone */
        startedAt: string
        endedAt: string | null
        durationSeconds: number | null
        /** ISO 8601 time with zone */
        lastHeardAt: string
        overdueAt: string | null
        recordingCount: number
        /** what `expand` asked for */
        expanded?: {
          lead: {
            id: string
            email: string
            name: string | null
            firstName: string | null
            lastName: string | null
            phone: string | null
            company: string | null
            title: string | null
            timezone: string | null
            status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
            statusChangedAt: string | null
            origin: string | null
            /** ISO 8601 time with zone */
            capturedAt: string
            demo: {
              /** ISO 8601 time with zone */
              startsAt: string
              timezone: string | null
              source: 'calendar' | 'notetaker'
            } | null
            meetingCount: number
            /** fields that extractions gave */
            fieldCount: number
            /** ISO 8601 time with zone */
            lastActivityAt: string
            crm: {
              state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
              provider: string | null
              module: string | null
              id: string | null
              syncedAt: string | null
              waitingWrites: number
              error: string | null
            }
          } | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One call turn by turn, with its recordings and events */
  '/v1/calls/{id}': {
    path: {
      id: string
    }
    query: {
      expand?: string
      after?: number
    }
    answer: {
      id: string
      callSid: string | null
      dialId: string | null
      direction: 'inbound' | 'outbound'
      status:
        'queued' | 'initiated' | 'ringing' | 'in-progress' | 'busy' | 'no-answer' | 'canceled' | 'failed' | 'completed'
      /** not over yet, as far as Twilio said */
      live: boolean
      leadId: string | null
      number: string | null
      ours: string | null
      flow: {
        flowId: string
        version: number
        name: string | null
      } | null
      step: {
        id: string
        kind: string | null
        label: string | null
        queue: string | null
        /** ISO 8601 time with zone */
        since: string
      } | null
      fellBack: {
        reason: string
        number: string | null
        /** ISO 8601 time with zone */
        at: string
      } | null
      transfer: {
        transferId: string
        conferenceId: string
        /** of the call to the colleague: `CancelCall` calls it off */
        dialId: string
        to: string | null
        why: string | null
        completionRequested: boolean
        stage: 'moving' | 'calling' | 'introducing' | 'with-colleague' | 'with-agent' | 'fell-back' | 'over'
        /** ISO 8601 time with zone */
        requestedAt: string
        /** ISO 8601 time with zone */
        stageAt: string
      } | null
      /** ISO 8601 time with zone */
      startedAt: string
      endedAt: string | null
      durationSeconds: number | null
      /** ISO 8601 time with zone */
      lastHeardAt: string
      overdueAt: string | null
      recordingCount: number
      turns: {
        eventId: string
        turn: number
        /** ISO 8601 time with zone */
        at: string
        input:
          | (
              | {
                  kind: 'started'
                }
              | {
                  kind: 'digits'
                  digits: string
                }
              | {
                  kind: 'speech'
                  text: string
                  confidence: number | null
                }
              | {
                  kind: 'nothing'
                }
              | {
                  kind: 'dialed'
                  status: string
                }
              | {
                  kind: 'recorded'
                  seconds: number
                  url: string
                }
              | {
                  kind: 'left-queue'
                  result: string
                }
              | {
                  kind: 'interrupted'
                }
              | {
                  kind: 'webhook'
                  state: 'waiting' | 'answered' | 'failed'
                  fields: Record<string, string>
                }
              | {
                  kind: 'hung-up'
                  result: string
                }
            )
          | null
        steps: {
          /** name inside the flow */
          step: string
          kind: string
          outcome: string
        }[]
        waitsAt: string | null
        outcome: 'waiting' | 'ended' | 'fell-back'
        said: {
          kind: 'say' | 'play' | 'dial' | 'conference' | 'record' | 'queue' | 'hangup'
          text: string | null
        }[]
      }[]
      recordings: {
        recordingSid: string
        /** Twilio's word: in-progress, completed, absent, failed */
        status: string
        durationSeconds: number | null
        channels: number | null
        source: string | null
        startedAt: string | null
      }[]
      events: {
        /** its trace shows causes and effects */
        id: string
        type: string
        /** ISO 8601 time with zone */
        at: string
      }[]
      /** what `expand` asked for */
      expanded?: {
        lead: {
          id: string
          email: string
          name: string | null
          firstName: string | null
          lastName: string | null
          phone: string | null
          company: string | null
          title: string | null
          timezone: string | null
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          statusChangedAt: string | null
          origin: string | null
          /** ISO 8601 time with zone */
          capturedAt: string
          demo: {
            /** ISO 8601 time with zone */
            startsAt: string
            timezone: string | null
            source: 'calendar' | 'notetaker'
          } | null
          meetingCount: number
          /** fields that extractions gave */
          fieldCount: number
          /** ISO 8601 time with zone */
          lastActivityAt: string
          crm: {
            state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
            provider: string | null
            module: string | null
            id: string | null
            syncedAt: string | null
            waitingWrites: number
            error: string | null
          }
        } | null
      }
    }
  }
  /** Conferences, and who is in them */
  '/v1/conferences': {
    path: Record<never, never>
    query: {
      ended?: 'true' | 'false'
      callId?: string
      sort?: '-openedAt' | 'openedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        name: string | null
        conferenceSid: string | null
        transferOf: string | null
        state: 'waiting' | 'open' | 'ending' | 'ended'
        participants: {
          callId: string
          callSid: string
          /** false for who has left */
          present: boolean
          muted: boolean
          hold: boolean
        }[]
        /** of the calls into it */
        dialIds: string[]
        /** ISO 8601 time with zone */
        openedAt: string
        /** ISO 8601 time with zone */
        changedAt: string
      }[]
      nextCursor: string | null
    }
  }
  /** One conference, with whoever is or was in it */
  '/v1/conferences/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      id: string
      name: string | null
      conferenceSid: string | null
      transferOf: string | null
      state: 'waiting' | 'open' | 'ending' | 'ended'
      participants: {
        callId: string
        callSid: string
        /** false for who has left */
        present: boolean
        muted: boolean
        hold: boolean
      }[]
      /** of the calls into it */
      dialIds: string[]
      /** ISO 8601 time with zone */
      openedAt: string
      /** ISO 8601 time with zone */
      changedAt: string
    }
  }
  /** Calls that were asked for, and what became of them */
  '/v1/dials': {
    path: Record<never, never>
    query: {
      state?: 'waiting' | 'placed' | 'not-placed'
      leadId?: string
      number?: string
      sort?: '-requestedAt' | 'requestedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** `CancelCall` takes it */
        id: string
        leadId: string | null
        number: string | null
        ours: string | null
        connect:
          | (
              | {
                  kind: 'flow'
                  /** your own name for the flow; the first draft makes it */
                  flowId: string
                }
              | {
                  kind: 'number'
                  /** of one of us, in E.164; it rings once they answer */
                  number: string
                }
              | {
                  kind: 'conference'
                  conferenceId: string
                }
            )
          | null
        purpose: ('marketing' | 'service' | 'answer' | 'confirmation') | null
        why: string | null
        by: string | null
        state: 'waiting' | 'placed' | 'not-placed'
        callId: string | null
        canceled: boolean
        reason: ('suppressed' | 'quiet-hours' | 'canceled' | 'too-late' | 'refused') | null
        code: string | null
        proof: {
          channel: 'call' | 'sms' | 'email'
          purpose: 'marketing' | 'service' | 'answer' | 'confirmation'
          suppressionId: string
          suppressionVersion: number
          result: 'allowed' | 'suppressed' | 'quiet'
          factId: string | null
          reason: ('opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call') | null
          until: string | null
          timeZones: string[]
          timeZonesFrom: 'lead' | 'number' | 'country' | 'unknown'
          quietHours: {
            from: string
            until: string
          }
          /** ISO 8601 time with zone */
          checkedAt: string
        } | null
        /** ISO 8601 time with zone */
        requestedAt: string
        placeBefore: string | null
        /** ISO 8601 time with zone */
        changedAt: string
      }[]
      nextCursor: string | null
    }
  }
  /** One call that was asked for, with the proof whether it might be placed */
  '/v1/dials/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      /** `CancelCall` takes it */
      id: string
      leadId: string | null
      number: string | null
      ours: string | null
      connect:
        | (
            | {
                kind: 'flow'
                /** your own name for the flow; the first draft makes it */
                flowId: string
              }
            | {
                kind: 'number'
                /** of one of us, in E.164; it rings once they answer */
                number: string
              }
            | {
                kind: 'conference'
                conferenceId: string
              }
          )
        | null
      purpose: ('marketing' | 'service' | 'answer' | 'confirmation') | null
      why: string | null
      by: string | null
      state: 'waiting' | 'placed' | 'not-placed'
      callId: string | null
      canceled: boolean
      reason: ('suppressed' | 'quiet-hours' | 'canceled' | 'too-late' | 'refused') | null
      code: string | null
      proof: {
        channel: 'call' | 'sms' | 'email'
        purpose: 'marketing' | 'service' | 'answer' | 'confirmation'
        suppressionId: string
        suppressionVersion: number
        result: 'allowed' | 'suppressed' | 'quiet'
        factId: string | null
        reason: ('opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call') | null
        until: string | null
        timeZones: string[]
        timeZonesFrom: 'lead' | 'number' | 'country' | 'unknown'
        quietHours: {
          from: string
          until: string
        }
        /** ISO 8601 time with zone */
        checkedAt: string
      } | null
      /** ISO 8601 time with zone */
      requestedAt: string
      placeBefore: string | null
      /** ISO 8601 time with zone */
      changedAt: string
    }
  }
  /** The recordings of a call, with what was said */
  '/v1/calls/{id}/recordings': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      data: {
        id: string
        callId: string
        /** Twilio's id */
        recordingSid: string
        state: 'stored' | 'unavailable' | 'deleted'
        unavailableBecause: ('absent' | 'failed' | 'refused' | 'too-large' | 'erased') | null
        deletedBecause: ('retention' | 'request' | 'erasure') | null
        deletedAt: string | null
        audioUrl: string | null
        contentType: string | null
        sizeBytes: number | null
        durationSeconds: number | null
        channels: number | null
        /** what is said is read for the lead, once the call has one */
        sales: boolean
        startedAt: string | null
        storedAt: string | null
        transcript: {
          state: 'transcribed' | 'waiting' | 'not-configured' | 'deleted' | 'unsupported' | 'failed' | 'none'
          code: string | null
          language: string | null
          segments: {
            startMs: number
            endMs: number
            speaker: 'customer' | 'us' | 'unknown'
            words: string
          }[]
          provider: string | null
          model: string | null
          costMicroUsd: number | null
          latencyMs: number | null
        }
      }[]
    }
  }
  /** The sound of a recording, whole or in parts; each play is noted */
  '/v1/calls/{id}/recordings/{recordingId}/audio': {
    path: {
      id: string
      recordingId: string
    }
    query: Record<never, never>
    answer: string
  }
  /** Call flows */
  '/v1/flows': {
    path: Record<never, never>
    query: {
      sort?: '-savedAt' | 'savedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        name: string
        live: {
          version: number
          draft: number | null
          /** ISO 8601 time with zone */
          since: string
          by: string
          reason: string | null
        } | null
        /** our numbers that it answers */
        numbers: string[]
        draft: {
          number: number
          /** ISO 8601 time with zone */
          savedAt: string
          savedBy: string
          /** new callers go through just this draft */
          published: boolean
          issueCount: number | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One call flow: its draft with what is wrong with it, and every published version */
  '/v1/flows/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      id: string
      name: string
      live: {
        version: number
        draft: number | null
        /** ISO 8601 time with zone */
        since: string
        by: string
        reason: string | null
      } | null
      /** our numbers that it answers */
      numbers: string[]
      draft: {
        number: number
        /** ISO 8601 time with zone */
        savedAt: string
        savedBy: string
        /** new callers go through just this draft */
        published: boolean
        document: {
          start: string | null
          /** of texts and of speech, such as en-US */
          language: string
          /** Twilio's name of the voice */
          voice?: string
          fallbackNumber: string | null
          sales?: boolean
          steps: (
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'say'
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                retryPrompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** how long to wait for the caller */
                timeoutSeconds: number
                /** how often to ask again */
                retries: number
                kind: 'gather'
                input: ('dtmf' | 'speech')[]
                minDigits: number
                maxDigits: number
                finishOnKey: '#' | '*' | 'none'
                hints?: string[]
                variable: string
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                retryPrompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** how long to wait for the caller */
                timeoutSeconds: number
                /** how often to ask again */
                retries: number
                kind: 'menu'
                choices: {
                  digit: string
                  words?: string[]
                  next: string | null
                }[]
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'hours'
                schedule: {
                  /** IANA name, such as Europe/Rome */
                  timeZone: string
                  open: {
                    day: number
                    from: string
                    to: string
                  }[]
                  holidays: {
                    date: string
                    name: string
                  }[]
                }
                open: string | null
                closed: string | null
                holiday: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'dial'
                prompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                numbers: string[]
                /** how long it rings */
                timeoutSeconds: number
                record: boolean
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'queue'
                queue: string
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** then the caller leaves the queue */
                maxWaitSeconds: number
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'voicemail'
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** longest message */
                maxSeconds: number
                /** silence that ends the message */
                timeoutSeconds: number
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'conference'
                prompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                room: string
                startOnEnter: boolean
                endOnExit: boolean
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'sms'
                /** phone number in E.164, such as +14155550142 */
                to: string
                text: string
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'webhook'
                url: string
                /** how long it may take */
                timeoutSeconds: number
                variable: string
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'condition'
                cases: {
                  /** such as lead.status or answers.account */
                  variable: string
                  test: 'is' | 'is-not' | 'starts-with' | 'contains' | 'is-known'
                  value: string
                  next: string | null
                }[]
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'hangup'
                prompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
              }
          )[]
        }
        issues:
          | {
              code:
                | 'START_MISSING'
                | 'STEP_ID_TWICE'
                | 'STEP_UNREACHABLE'
                | 'STEP_UNKNOWN'
                | 'STEP_NOT_AVAILABLE'
                | 'DEAD_END'
                | 'LOOP_WITHOUT_INPUT'
                | 'PROMPT_MISSING'
                | 'PROMPT_VARIABLE_UNKNOWN'
                | 'PROMPT_VARIABLE_WITHOUT_DEFAULT'
                | 'AUDIO_URL_INVALID'
                | 'WEBHOOK_URL_INVALID'
                | 'NUMBER_INVALID'
                | 'NUMBERS_MISSING'
                | 'CHOICES_MISSING'
                | 'CHOICE_TWICE'
                | 'DIGITS_IMPOSSIBLE'
                | 'TIME_ZONE_UNKNOWN'
                | 'HOURS_IMPOSSIBLE'
                | 'DATE_IMPOSSIBLE'
                | 'VARIABLE_UNKNOWN'
              step: string | null
              /** JSON pointer into the document */
              path: string
              message: string
            }[]
          | null
      }
      /** the newest first */
      versions: {
        flowId: string
        version: number
        draft: number
        name: string
        /** ISO 8601 time with zone */
        publishedAt: string
        publishedBy: string
        document: {
          start: string | null
          /** of texts and of speech, such as en-US */
          language: string
          /** Twilio's name of the voice */
          voice?: string
          fallbackNumber: string | null
          sales?: boolean
          steps: (
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'say'
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                retryPrompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** how long to wait for the caller */
                timeoutSeconds: number
                /** how often to ask again */
                retries: number
                kind: 'gather'
                input: ('dtmf' | 'speech')[]
                minDigits: number
                maxDigits: number
                finishOnKey: '#' | '*' | 'none'
                hints?: string[]
                variable: string
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                retryPrompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** how long to wait for the caller */
                timeoutSeconds: number
                /** how often to ask again */
                retries: number
                kind: 'menu'
                choices: {
                  digit: string
                  words?: string[]
                  next: string | null
                }[]
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'hours'
                schedule: {
                  /** IANA name, such as Europe/Rome */
                  timeZone: string
                  open: {
                    day: number
                    from: string
                    to: string
                  }[]
                  holidays: {
                    date: string
                    name: string
                  }[]
                }
                open: string | null
                closed: string | null
                holiday: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'dial'
                prompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                numbers: string[]
                /** how long it rings */
                timeoutSeconds: number
                record: boolean
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'queue'
                queue: string
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** then the caller leaves the queue */
                maxWaitSeconds: number
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'voicemail'
                prompt:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                /** longest message */
                maxSeconds: number
                /** silence that ends the message */
                timeoutSeconds: number
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'conference'
                prompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
                room: string
                startOnEnter: boolean
                endOnExit: boolean
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'sms'
                /** phone number in E.164, such as +14155550142 */
                to: string
                text: string
                next: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'webhook'
                url: string
                /** how long it may take */
                timeoutSeconds: number
                variable: string
                next: string | null
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'condition'
                cases: {
                  /** such as lead.status or answers.account */
                  variable: string
                  test: 'is' | 'is-not' | 'starts-with' | 'contains' | 'is-known'
                  value: string
                  next: string | null
                }[]
                otherwise: string | null
              }
            | {
                /** name inside the flow */
                id: string
                label?: string
                canvas?: {
                  x: number
                  y: number
                }
                kind: 'hangup'
                prompt?:
                  | {
                      say: string
                    }
                  | {
                      /** address of the audio file */
                      play: string
                    }
              }
          )[]
        }
      }[]
    }
  }
  /** One published version of a call flow */
  '/v1/flows/{id}/versions/{version}': {
    path: {
      id: string
      version: string
    }
    query: {
      after?: number
    }
    answer: {
      flowId: string
      version: number
      draft: number
      name: string
      /** ISO 8601 time with zone */
      publishedAt: string
      publishedBy: string
      document: {
        start: string | null
        /** of texts and of speech, such as en-US */
        language: string
        /** Twilio's name of the voice */
        voice?: string
        fallbackNumber: string | null
        sales?: boolean
        steps: (
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'say'
              prompt:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              next: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              prompt:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              retryPrompt?:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              /** how long to wait for the caller */
              timeoutSeconds: number
              /** how often to ask again */
              retries: number
              kind: 'gather'
              input: ('dtmf' | 'speech')[]
              minDigits: number
              maxDigits: number
              finishOnKey: '#' | '*' | 'none'
              hints?: string[]
              variable: string
              next: string | null
              otherwise: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              prompt:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              retryPrompt?:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              /** how long to wait for the caller */
              timeoutSeconds: number
              /** how often to ask again */
              retries: number
              kind: 'menu'
              choices: {
                digit: string
                words?: string[]
                next: string | null
              }[]
              otherwise: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'hours'
              schedule: {
                /** IANA name, such as Europe/Rome */
                timeZone: string
                open: {
                  day: number
                  from: string
                  to: string
                }[]
                holidays: {
                  date: string
                  name: string
                }[]
              }
              open: string | null
              closed: string | null
              holiday: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'dial'
              prompt?:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              numbers: string[]
              /** how long it rings */
              timeoutSeconds: number
              record: boolean
              next: string | null
              otherwise: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'queue'
              queue: string
              prompt:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              /** then the caller leaves the queue */
              maxWaitSeconds: number
              next: string | null
              otherwise: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'voicemail'
              prompt:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              /** longest message */
              maxSeconds: number
              /** silence that ends the message */
              timeoutSeconds: number
              next: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'conference'
              prompt?:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
              room: string
              startOnEnter: boolean
              endOnExit: boolean
              next: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'sms'
              /** phone number in E.164, such as +14155550142 */
              to: string
              text: string
              next: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'webhook'
              url: string
              /** how long it may take */
              timeoutSeconds: number
              variable: string
              next: string | null
              otherwise: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'condition'
              cases: {
                /** such as lead.status or answers.account */
                variable: string
                test: 'is' | 'is-not' | 'starts-with' | 'contains' | 'is-known'
                value: string
                next: string | null
              }[]
              otherwise: string | null
            }
          | {
              /** name inside the flow */
              id: string
              label?: string
              canvas?: {
                x: number
                y: number
              }
              kind: 'hangup'
              prompt?:
                | {
                    say: string
                  }
                | {
                    /** address of the audio file */
                    play: string
                  }
            }
        )[]
      }
    }
  }
  /** Our phone numbers: which flow answers, and since when */
  '/v1/phone-numbers': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      data: {
        /** in E.164 */
        number: string
        flow: {
          flowId: string
          name: string | null
          version: number | null
        } | null
        since: string | null
        by: string | null
      }[]
    }
  }
  /** Threads of text messages */
  '/v1/sms-threads': {
    path: Record<never, never>
    query: {
      leadId?: string
      number?: string
      ours?: string
      expand?: string
      sort?: '-lastAt' | 'lastAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        leadId: string | null
        /** our number */
        ours: string
        number: string | null
        lastMessage: {
          direction: 'in' | 'out'
          text: string | null
          /** ISO 8601 time with zone */
          at: string
        } | null
        /** messages of theirs */
        received: number
        /** messages of ours, sent or not */
        sent: number
        /** messages of ours in the queue */
        waiting: number
        suppressed: {
          suppressionId: string
          reason: 'opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call'
          /** ISO 8601 time with zone */
          since: string
        } | null
        /** what `expand` asked for */
        expanded?: {
          lead: {
            id: string
            email: string
            name: string | null
            firstName: string | null
            lastName: string | null
            phone: string | null
            company: string | null
            title: string | null
            timezone: string | null
            status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
            statusChangedAt: string | null
            origin: string | null
            /** ISO 8601 time with zone */
            capturedAt: string
            demo: {
              /** ISO 8601 time with zone */
              startsAt: string
              timezone: string | null
              source: 'calendar' | 'notetaker'
            } | null
            meetingCount: number
            /** fields that extractions gave */
            fieldCount: number
            /** ISO 8601 time with zone */
            lastActivityAt: string
            crm: {
              state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
              provider: string | null
              module: string | null
              id: string | null
              syncedAt: string | null
              waitingWrites: number
              error: string | null
            }
          } | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One thread of text messages */
  '/v1/sms-threads/{id}': {
    path: {
      id: string
    }
    query: {
      expand?: string
      after?: number
    }
    answer: {
      id: string
      leadId: string | null
      /** our number */
      ours: string
      number: string | null
      lastMessage: {
        direction: 'in' | 'out'
        text: string | null
        /** ISO 8601 time with zone */
        at: string
      } | null
      /** messages of theirs */
      received: number
      /** messages of ours, sent or not */
      sent: number
      /** messages of ours in the queue */
      waiting: number
      suppressed: {
        suppressionId: string
        reason: 'opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call'
        /** ISO 8601 time with zone */
        since: string
      } | null
      /** what `expand` asked for */
      expanded?: {
        lead: {
          id: string
          email: string
          name: string | null
          firstName: string | null
          lastName: string | null
          phone: string | null
          company: string | null
          title: string | null
          timezone: string | null
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          statusChangedAt: string | null
          origin: string | null
          /** ISO 8601 time with zone */
          capturedAt: string
          demo: {
            /** ISO 8601 time with zone */
            startsAt: string
            timezone: string | null
            source: 'calendar' | 'notetaker'
          } | null
          meetingCount: number
          /** fields that extractions gave */
          fieldCount: number
          /** ISO 8601 time with zone */
          lastActivityAt: string
          crm: {
            state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
            provider: string | null
            module: string | null
            id: string | null
            syncedAt: string | null
            waitingWrites: number
            error: string | null
          }
        } | null
      }
    }
  }
  /** The messages of a thread, each with why it went or did not */
  '/v1/sms-threads/{id}/messages': {
    path: {
      id: string
    }
    query: {
      sort?: '-at' | 'at'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        threadId: string
        leadId: string | null
        direction: 'in' | 'out'
        status:
          | 'waiting'
          | 'held'
          | 'not-sent'
          | 'received'
          | 'accepted'
          | 'scheduled'
          | 'queued'
          | 'sending'
          | 'sent'
          | 'failed'
          | 'canceled'
          | 'undelivered'
          | 'delivered'
          | 'read'
        text: string | null
        media: {
          url: string
          contentType: string
        }[]
        word: ('stop' | 'start' | 'help') | null
        purpose: ('marketing' | 'service' | 'answer' | 'confirmation') | null
        encoding: ('GSM-7' | 'UCS-2') | null
        segments: number | null
        template: {
          templateId: string
          version: number
        } | null
        inReplyTo: string | null
        sendAt: string | null
        heldUntil: string | null
        expiresAt: string | null
        requestedBy: string | null
        check: {
          channel: 'call' | 'sms' | 'email'
          purpose: 'marketing' | 'service' | 'answer' | 'confirmation'
          suppressionId: string
          suppressionVersion: number
          result: 'allowed' | 'suppressed' | 'quiet'
          factId: string | null
          reason: ('opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call') | null
          until: string | null
          timeZones: string[]
          timeZonesFrom: 'lead' | 'number' | 'country' | 'unknown'
          quietHours: {
            from: string
            until: string
          }
          /** ISO 8601 time with zone */
          checkedAt: string
        } | null
        messageSid: string | null
        errorCode: string | null
        notSent: {
          reason: string
          code: string | null
          detail: string
        } | null
        /** asked for or received */
        at: string
        sentAt: string | null
        events: {
          id: string
          type: string
          /** ISO 8601 time with zone */
          at: string
        }[]
      }[]
      nextCursor: string | null
    }
  }
  /** Templates of text messages, each with its versions */
  '/v1/sms-templates': {
    path: Record<never, never>
    query: {
      sort?: '-savedAt' | 'savedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        name: string
        /** ISO 8601 time with zone */
        savedAt: string
        /** the newest first */
        versions: {
          version: number
          name: string
          text: string
          variables: string[]
          /** ISO 8601 time with zone */
          savedAt: string
          savedBy: string
        }[]
      }[]
      nextCursor: string | null
    }
  }
  /** Who is not to be called or written to, and who was */
  '/v1/suppressions': {
    path: Record<never, never>
    query: {
      channel?: 'call' | 'sms' | 'email'
      reason?: 'opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call'
      active?: 'true' | 'false'
      leadId?: string
      number?: string
      expand?: string
      sort?: '-changedAt' | 'changedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** keyed hash of the number or address */
        id: string
        kind: 'phone' | 'email'
        address: string | null
        leadId: string | null
        active: boolean
        /** what stands now */
        facts: {
          channel: 'call' | 'sms' | 'email'
          reason: 'opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call'
          factId: string
          /** ISO 8601 time with zone */
          at: string
        }[]
        /** everything that was done about it, the oldest first */
        history: {
          eventId: string
          did: 'suppressed' | 'released'
          channels: ('call' | 'sms' | 'email')[]
          reason: 'opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call'
          source: {
            kind: 'message' | 'operator' | 'vendor'
            messageId: string | null
            word: string | null
          }
          why: string | null
          by: string
          /** ISO 8601 time with zone */
          at: string
        }[]
        /** ISO 8601 time with zone */
        changedAt: string
        /** what `expand` asked for */
        expanded?: {
          lead: {
            id: string
            email: string
            name: string | null
            firstName: string | null
            lastName: string | null
            phone: string | null
            company: string | null
            title: string | null
            timezone: string | null
            status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
            statusChangedAt: string | null
            origin: string | null
            /** ISO 8601 time with zone */
            capturedAt: string
            demo: {
              /** ISO 8601 time with zone */
              startsAt: string
              timezone: string | null
              source: 'calendar' | 'notetaker'
            } | null
            meetingCount: number
            /** fields that extractions gave */
            fieldCount: number
            /** ISO 8601 time with zone */
            lastActivityAt: string
            crm: {
              state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
              provider: string | null
              module: string | null
              id: string | null
              syncedAt: string | null
              waitingWrites: number
              error: string | null
            }
          } | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One suppression with everything that was done about it */
  '/v1/suppressions/{id}': {
    path: {
      id: string
    }
    query: {
      expand?: string
      after?: number
    }
    answer: {
      /** keyed hash of the number or address */
      id: string
      kind: 'phone' | 'email'
      address: string | null
      leadId: string | null
      active: boolean
      /** what stands now */
      facts: {
        channel: 'call' | 'sms' | 'email'
        reason: 'opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call'
        factId: string
        /** ISO 8601 time with zone */
        at: string
      }[]
      /** everything that was done about it, the oldest first */
      history: {
        eventId: string
        did: 'suppressed' | 'released'
        channels: ('call' | 'sms' | 'email')[]
        reason: 'opted-out' | 'operator' | 'vendor-blocked' | 'do-not-call'
        source: {
          kind: 'message' | 'operator' | 'vendor'
          messageId: string | null
          word: string | null
        }
        why: string | null
        by: string
        /** ISO 8601 time with zone */
        at: string
      }[]
      /** ISO 8601 time with zone */
      changedAt: string
      /** what `expand` asked for */
      expanded?: {
        lead: {
          id: string
          email: string
          name: string | null
          firstName: string | null
          lastName: string | null
          phone: string | null
          company: string | null
          title: string | null
          timezone: string | null
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          statusChangedAt: string | null
          origin: string | null
          /** ISO 8601 time with zone */
          capturedAt: string
          demo: {
            /** ISO 8601 time with zone */
            startsAt: string
            timezone: string | null
            source: 'calendar' | 'notetaker'
          } | null
          meetingCount: number
          /** fields that extractions gave */
          fieldCount: number
          /** ISO 8601 time with zone */
          lastActivityAt: string
          crm: {
            state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
            provider: string | null
            module: string | null
            id: string | null
            syncedAt: string | null
            waitingWrites: number
            error: string | null
          }
        } | null
      }
    }
  }
  /** The catalogue: services with price and tax */
  '/v1/catalogue-items': {
    path: Record<never, never>
    query: {
      q?: string
      currency?: string
      archived?: 'true' | 'false'
      sort?: 'name' | '-name' | '-changedAt' | 'changedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** `SaveCatalogueItem` and lines of `SaveInvoice` take it as `itemId` */
        id: string
        /** counts its changes from 1; drafts keep the one that they took */
        version: number
        name: string
        /** in the currency's minor unit */
        unitPrice: number
        /** ISO 4217, such as USD */
        currency: string
        /** per cent, such as 19 or 8.875 */
        taxRate: string
        /** no new line takes it */
        archived: boolean
        /** ISO 8601 time with zone */
        changedAt: string
        changedBy: string
      }[]
      nextCursor: string | null
    }
  }
  /** One service of the catalogue */
  '/v1/catalogue-items/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      /** `SaveCatalogueItem` and lines of `SaveInvoice` take it as `itemId` */
      id: string
      /** counts its changes from 1; drafts keep the one that they took */
      version: number
      name: string
      /** in the currency's minor unit */
      unitPrice: number
      /** ISO 4217, such as USD */
      currency: string
      /** per cent, such as 19 or 8.875 */
      taxRate: string
      /** no new line takes it */
      archived: boolean
      /** ISO 8601 time with zone */
      changedAt: string
      changedBy: string
    }
  }
  /** Invoices */
  '/v1/invoices': {
    path: Record<never, never>
    query: {
      state?: 'draft' | 'sent' | 'overdue' | 'paid' | 'void'
      leadId?: string
      customer?: string
      currency?: string
      overdue?: 'true' | 'false'
      from?: string
      to?: string
      expand?: string
      sort?: '-datedAt' | 'datedAt' | 'dueAt' | '-dueAt' | '-changedAt' | 'changedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** commands to `billing` take it as `invoiceId` */
        id: string
        leadId: string | null
        status: 'draft' | 'sent' | 'overdue' | 'paid' | 'void'
        number: string | null
        customer: {
          name: string
          /** where the invoice is sent */
          email: string
          company?: string
          /** lines of the postal address */
          address?: string
          taxId?: string
        } | null
        /** ISO 4217, such as USD */
        currency: string
        /** in the currency's minor unit */
        total: number
        /** of payments that count, in minor units */
        paid: number
        /** in the currency's minor unit */
        credited: number
        /** in the currency's minor unit */
        refunded: number
        /** what is still owed; 0 for a draft and what is void or paid */
        balance: number
        /** money came in that does not fit */
        needsPerson: boolean
        /** ISO 8601 time with zone */
        savedAt: string
        issuedAt: string | null
        dueAt: string | null
        mailedAt: string | null
        paidAt: string | null
        /** ISO 8601 time with zone */
        changedAt: string
        /** what `expand` asked for */
        expanded?: {
          lead: {
            id: string
            email: string
            name: string | null
            firstName: string | null
            lastName: string | null
            phone: string | null
            company: string | null
            title: string | null
            timezone: string | null
            status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
            statusChangedAt: string | null
            origin: string | null
            /** ISO 8601 time with zone */
            capturedAt: string
            demo: {
              /** ISO 8601 time with zone */
              startsAt: string
              timezone: string | null
              source: 'calendar' | 'notetaker'
            } | null
            meetingCount: number
            /** fields that extractions gave */
            fieldCount: number
            /** ISO 8601 time with zone */
            lastActivityAt: string
            crm: {
              state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
              provider: string | null
              module: string | null
              id: string | null
              syncedAt: string | null
              waitingWrites: number
              error: string | null
            }
          } | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** What invoices come to, by currency */
  '/v1/invoices/totals': {
    path: Record<never, never>
    query: {
      state?: 'draft' | 'sent' | 'overdue' | 'paid' | 'void'
      leadId?: string
      customer?: string
      currency?: string
      overdue?: 'true' | 'false'
      from?: string
      to?: string
      after?: number
    }
    answer: {
      data: {
        /** ISO 4217, such as USD */
        currency: string
        count: number
        total: number
        paid: number
        credited: number
        /** what is still owed */
        balance: number
      }[]
    }
  }
  /** One invoice with its lines, credit notes and history */
  '/v1/invoices/{id}': {
    path: {
      id: string
    }
    query: {
      expand?: string
      after?: number
    }
    answer: {
      /** commands to `billing` take it as `invoiceId` */
      id: string
      leadId: string | null
      status: 'draft' | 'sent' | 'overdue' | 'paid' | 'void'
      number: string | null
      customer: {
        name: string
        /** where the invoice is sent */
        email: string
        company?: string
        /** lines of the postal address */
        address?: string
        taxId?: string
      } | null
      /** ISO 4217, such as USD */
      currency: string
      /** in the currency's minor unit */
      total: number
      /** of payments that count, in minor units */
      paid: number
      /** in the currency's minor unit */
      credited: number
      /** in the currency's minor unit */
      refunded: number
      /** what is still owed; 0 for a draft and what is void or paid */
      balance: number
      /** money came in that does not fit */
      needsPerson: boolean
      /** ISO 8601 time with zone */
      savedAt: string
      issuedAt: string | null
      dueAt: string | null
      mailedAt: string | null
      paidAt: string | null
      /** ISO 8601 time with zone */
      changedAt: string
      /** `SaveInvoice` takes it as `expectedDraft`, so that nobody’s changes are lost */
      draft: number
      lines: {
        /** empty once the customer is erased */
        text: string
        itemId: string | null
        itemVersion: number | null
        /** how many, such as 3 or 1.5 */
        quantity: string
        /** in the currency's minor unit */
        unitPrice: number
        /** per cent, such as 19 or 8.875 */
        taxRate: string
        discount:
          | (
              | {
                  kind: 'percent'
                  /** per cent, such as 19 or 8.875 */
                  percent: string
                }
              | {
                  kind: 'amount'
                  /** in the currency's minor unit */
                  amount: number
                }
            )
          | null
        /** in the currency's minor unit */
        gross: number
        /** in the currency's minor unit */
        lineDiscount: number
        /** in the currency's minor unit */
        sharedDiscount: number
        /** in the currency's minor unit */
        net: number
        /** in the currency's minor unit */
        tax: number
        /** in the currency's minor unit */
        total: number
      }[]
      discount:
        | (
            | {
                kind: 'percent'
                /** per cent, such as 19 or 8.875 */
                percent: string
              }
            | {
                kind: 'amount'
                /** in the currency's minor unit */
                amount: number
              }
          )
        | null
      totals: {
        /** in the currency's minor unit */
        gross: number
        /** in the currency's minor unit */
        discount: number
        /** in the currency's minor unit */
        net: number
        /** in the currency's minor unit */
        tax: number
        /** in the currency's minor unit */
        total: number
      }
      /** days to pay, from sending */
      dueDays: number
      seller: {
        name: string
        address: string[]
        taxId: string | null
      } | null
      creditNotes: {
        id: string
        number: string
        lines: {
          line: number
          /** in the currency's minor unit */
          net: number
          /** in the currency's minor unit */
          tax: number
          /** in the currency's minor unit */
          total: number
        }[]
        /** in the currency's minor unit */
        net: number
        /** in the currency's minor unit */
        tax: number
        /** in the currency's minor unit */
        total: number
        reason: 'mistake' | 'duplicate' | 'customer-request' | 'not-delivered' | 'goodwill' | 'other'
        /** ISO 8601 time with zone */
        issuedAt: string
      }[]
      /** ids of payments that wait for a person */
      parkedPayments: string[]
      /** the oldest first */
      history: {
        eventId: string
        did:
          | 'drafted'
          | 'changed'
          | 'sent'
          | 'mailed'
          | 'overdue'
          | 'paid'
          | 'voided'
          | 'credited'
          | 'payment-recorded'
          | 'payment-parked'
          | 'payment-rejected'
          | 'payment-refunded'
          | 'refund-failed'
          | 'payment-disputed'
        /** ISO 8601 time with zone */
        at: string
        /** who did it: a user, a key, or a service */
        by: string
        amount: number | null
        currency: string | null
        reason: string | null
        reference: string | null
        method: string | null
      }[]
      /** what `expand` asked for */
      expanded?: {
        lead: {
          id: string
          email: string
          name: string | null
          firstName: string | null
          lastName: string | null
          phone: string | null
          company: string | null
          title: string | null
          timezone: string | null
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          statusChangedAt: string | null
          origin: string | null
          /** ISO 8601 time with zone */
          capturedAt: string
          demo: {
            /** ISO 8601 time with zone */
            startsAt: string
            timezone: string | null
            source: 'calendar' | 'notetaker'
          } | null
          meetingCount: number
          /** fields that extractions gave */
          fieldCount: number
          /** ISO 8601 time with zone */
          lastActivityAt: string
          crm: {
            state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
            provider: string | null
            module: string | null
            id: string | null
            syncedAt: string | null
            waitingWrites: number
            error: string | null
          }
        } | null
      }
    }
  }
  /** The invoice as a PDF, of a draft how it would look; the same bytes as in the mail */
  '/v1/invoices/{id}/pdf': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: string
  }
  /** A credit note as a PDF */
  '/v1/invoices/{id}/credit-notes/{creditNoteId}/pdf': {
    path: {
      id: string
      creditNoteId: string
    }
    query: {
      after?: number
    }
    answer: string
  }
  /** Money that came in for invoices, with what went back of it */
  '/v1/payments': {
    path: Record<never, never>
    query: {
      state?: 'counted' | 'parked' | 'rejected'
      method?: 'stripe' | 'bank-transfer' | 'cash' | 'check' | 'other'
      dispute?: 'open' | 'won' | 'lost'
      refunded?: 'true' | 'false'
      invoiceId?: string
      leadId?: string
      currency?: string
      from?: string
      to?: string
      expand?: string
      sort?: '-at' | 'at'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** commands to `billing` take it as `paymentId` */
        id: string
        invoiceId: string
        invoice: {
          number: string | null
          /** ISO 4217, such as USD */
          currency: string
          customer: string | null
        } | null
        leadId: string | null
        state: 'counted' | 'parked' | 'rejected'
        method: 'stripe' | 'bank-transfer' | 'cash' | 'check' | 'other'
        /** in the currency's minor unit */
        amount: number
        /** ISO 4217, such as USD */
        currency: string
        parking: {
          reason: 'amount-differs' | 'currency-differs' | 'not-payable' | 'already-paid'
          /** what was owed then, in the minor unit of the invoice's currency */
          expected: number
          /** ISO 8601 time with zone */
          parkedAt: string
        } | null
        settledBy: string | null
        settledAt: string | null
        /** all that went back, whoever gave it */
        refunded: number
        /** what `RefundPayment` can still give back */
        refundable: number
        /** asked for here, the oldest first */
        refunds: {
          id: string
          /** in the currency's minor unit */
          amount: number
          reason: 'mistake' | 'duplicate' | 'customer-request' | 'not-delivered' | 'goodwill' | 'other'
          state: 'asked' | 'made' | 'refused' | 'failed' | 'simulated'
          code: string | null
          stripeRefundId: string | null
          /** who asked for it */
          by: string
          /** ISO 8601 time with zone */
          askedAt: string
          /** ISO 8601 time with zone */
          changedAt: string
        }[]
        disputes: {
          /** Stripe's */
          id: string
          status: 'open' | 'won' | 'lost'
          /** in the currency's minor unit */
          amount: number
          /** ISO 8601 time with zone */
          at: string
        }[]
        stripe: {
          sessionId: string | null
          paymentIntentId: string | null
        }
        /** ISO 8601 time with zone */
        at: string
        /** ISO 8601 time with zone */
        changedAt: string
        /** what `expand` asked for */
        expanded?: {
          lead: {
            id: string
            email: string
            name: string | null
            firstName: string | null
            lastName: string | null
            phone: string | null
            company: string | null
            title: string | null
            timezone: string | null
            status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
            statusChangedAt: string | null
            origin: string | null
            /** ISO 8601 time with zone */
            capturedAt: string
            demo: {
              /** ISO 8601 time with zone */
              startsAt: string
              timezone: string | null
              source: 'calendar' | 'notetaker'
            } | null
            meetingCount: number
            /** fields that extractions gave */
            fieldCount: number
            /** ISO 8601 time with zone */
            lastActivityAt: string
            crm: {
              state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
              provider: string | null
              module: string | null
              id: string | null
              syncedAt: string | null
              waitingWrites: number
              error: string | null
            }
          } | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One payment with its refunds and disputes */
  '/v1/payments/{id}': {
    path: {
      id: string
    }
    query: {
      expand?: string
      after?: number
    }
    answer: {
      /** commands to `billing` take it as `paymentId` */
      id: string
      invoiceId: string
      invoice: {
        number: string | null
        /** ISO 4217, such as USD */
        currency: string
        customer: string | null
      } | null
      leadId: string | null
      state: 'counted' | 'parked' | 'rejected'
      method: 'stripe' | 'bank-transfer' | 'cash' | 'check' | 'other'
      /** in the currency's minor unit */
      amount: number
      /** ISO 4217, such as USD */
      currency: string
      parking: {
        reason: 'amount-differs' | 'currency-differs' | 'not-payable' | 'already-paid'
        /** what was owed then, in the minor unit of the invoice's currency */
        expected: number
        /** ISO 8601 time with zone */
        parkedAt: string
      } | null
      settledBy: string | null
      settledAt: string | null
      /** all that went back, whoever gave it */
      refunded: number
      /** what `RefundPayment` can still give back */
      refundable: number
      /** asked for here, the oldest first */
      refunds: {
        id: string
        /** in the currency's minor unit */
        amount: number
        reason: 'mistake' | 'duplicate' | 'customer-request' | 'not-delivered' | 'goodwill' | 'other'
        state: 'asked' | 'made' | 'refused' | 'failed' | 'simulated'
        code: string | null
        stripeRefundId: string | null
        /** who asked for it */
        by: string
        /** ISO 8601 time with zone */
        askedAt: string
        /** ISO 8601 time with zone */
        changedAt: string
      }[]
      disputes: {
        /** Stripe's */
        id: string
        status: 'open' | 'won' | 'lost'
        /** in the currency's minor unit */
        amount: number
        /** ISO 8601 time with zone */
        at: string
      }[]
      stripe: {
        sessionId: string | null
        paymentIntentId: string | null
      }
      /** ISO 8601 time with zone */
      at: string
      /** ISO 8601 time with zone */
      changedAt: string
      /** what `expand` asked for */
      expanded?: {
        lead: {
          id: string
          email: string
          name: string | null
          firstName: string | null
          lastName: string | null
          phone: string | null
          company: string | null
          title: string | null
          timezone: string | null
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          statusChangedAt: string | null
          origin: string | null
          /** ISO 8601 time with zone */
          capturedAt: string
          demo: {
            /** ISO 8601 time with zone */
            startsAt: string
            timezone: string | null
            source: 'calendar' | 'notetaker'
          } | null
          meetingCount: number
          /** fields that extractions gave */
          fieldCount: number
          /** ISO 8601 time with zone */
          lastActivityAt: string
          crm: {
            state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
            provider: string | null
            module: string | null
            id: string | null
            syncedAt: string | null
            waitingWrites: number
            error: string | null
          }
        } | null
      }
    }
  }
  /** Money that fits no invoice and waits for a person */
  '/v1/parked-payments': {
    path: Record<never, never>
    query: {
      invoiceId?: string
      leadId?: string
      currency?: string
      from?: string
      to?: string
      expand?: string
      sort?: '-at' | 'at'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** commands to `billing` take it as `paymentId` */
        id: string
        invoiceId: string
        invoice: {
          number: string | null
          /** ISO 4217, such as USD */
          currency: string
          customer: string | null
        } | null
        leadId: string | null
        state: 'counted' | 'parked' | 'rejected'
        method: 'stripe' | 'bank-transfer' | 'cash' | 'check' | 'other'
        /** in the currency's minor unit */
        amount: number
        /** ISO 4217, such as USD */
        currency: string
        parking: {
          reason: 'amount-differs' | 'currency-differs' | 'not-payable' | 'already-paid'
          /** what was owed then, in the minor unit of the invoice's currency */
          expected: number
          /** ISO 8601 time with zone */
          parkedAt: string
        } | null
        settledBy: string | null
        settledAt: string | null
        /** all that went back, whoever gave it */
        refunded: number
        /** what `RefundPayment` can still give back */
        refundable: number
        /** asked for here, the oldest first */
        refunds: {
          id: string
          /** in the currency's minor unit */
          amount: number
          reason: 'mistake' | 'duplicate' | 'customer-request' | 'not-delivered' | 'goodwill' | 'other'
          state: 'asked' | 'made' | 'refused' | 'failed' | 'simulated'
          code: string | null
          stripeRefundId: string | null
          /** who asked for it */
          by: string
          /** ISO 8601 time with zone */
          askedAt: string
          /** ISO 8601 time with zone */
          changedAt: string
        }[]
        disputes: {
          /** Stripe's */
          id: string
          status: 'open' | 'won' | 'lost'
          /** in the currency's minor unit */
          amount: number
          /** ISO 8601 time with zone */
          at: string
        }[]
        stripe: {
          sessionId: string | null
          paymentIntentId: string | null
        }
        /** ISO 8601 time with zone */
        at: string
        /** ISO 8601 time with zone */
        changedAt: string
        /** what `expand` asked for */
        expanded?: {
          lead: {
            id: string
            email: string
            name: string | null
            firstName: string | null
            lastName: string | null
            phone: string | null
            company: string | null
            title: string | null
            timezone: string | null
            status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
            statusChangedAt: string | null
            origin: string | null
            /** ISO 8601 time with zone */
            capturedAt: string
            demo: {
              /** ISO 8601 time with zone */
              startsAt: string
              timezone: string | null
              source: 'calendar' | 'notetaker'
            } | null
            meetingCount: number
            /** fields that extractions gave */
            fieldCount: number
            /** ISO 8601 time with zone */
            lastActivityAt: string
            crm: {
              state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
              provider: string | null
              module: string | null
              id: string | null
              syncedAt: string | null
              waitingWrites: number
              error: string | null
            }
          } | null
        }
      }[]
      nextCursor: string | null
    }
  }
  /** One payment that waits for a person: what was paid, what was owed, and why it waits */
  '/v1/parked-payments/{id}': {
    path: {
      id: string
    }
    query: {
      expand?: string
      after?: number
    }
    answer: {
      /** commands to `billing` take it as `paymentId` */
      id: string
      invoiceId: string
      invoice: {
        number: string | null
        /** ISO 4217, such as USD */
        currency: string
        customer: string | null
      } | null
      leadId: string | null
      state: 'counted' | 'parked' | 'rejected'
      method: 'stripe' | 'bank-transfer' | 'cash' | 'check' | 'other'
      /** in the currency's minor unit */
      amount: number
      /** ISO 4217, such as USD */
      currency: string
      parking: {
        reason: 'amount-differs' | 'currency-differs' | 'not-payable' | 'already-paid'
        /** what was owed then, in the minor unit of the invoice's currency */
        expected: number
        /** ISO 8601 time with zone */
        parkedAt: string
      } | null
      settledBy: string | null
      settledAt: string | null
      /** all that went back, whoever gave it */
      refunded: number
      /** what `RefundPayment` can still give back */
      refundable: number
      /** asked for here, the oldest first */
      refunds: {
        id: string
        /** in the currency's minor unit */
        amount: number
        reason: 'mistake' | 'duplicate' | 'customer-request' | 'not-delivered' | 'goodwill' | 'other'
        state: 'asked' | 'made' | 'refused' | 'failed' | 'simulated'
        code: string | null
        stripeRefundId: string | null
        /** who asked for it */
        by: string
        /** ISO 8601 time with zone */
        askedAt: string
        /** ISO 8601 time with zone */
        changedAt: string
      }[]
      disputes: {
        /** Stripe's */
        id: string
        status: 'open' | 'won' | 'lost'
        /** in the currency's minor unit */
        amount: number
        /** ISO 8601 time with zone */
        at: string
      }[]
      stripe: {
        sessionId: string | null
        paymentIntentId: string | null
      }
      /** ISO 8601 time with zone */
      at: string
      /** ISO 8601 time with zone */
      changedAt: string
      /** what `expand` asked for */
      expanded?: {
        lead: {
          id: string
          email: string
          name: string | null
          firstName: string | null
          lastName: string | null
          phone: string | null
          company: string | null
          title: string | null
          timezone: string | null
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          statusChangedAt: string | null
          origin: string | null
          /** ISO 8601 time with zone */
          capturedAt: string
          demo: {
            /** ISO 8601 time with zone */
            startsAt: string
            timezone: string | null
            source: 'calendar' | 'notetaker'
          } | null
          meetingCount: number
          /** fields that extractions gave */
          fieldCount: number
          /** ISO 8601 time with zone */
          lastActivityAt: string
          crm: {
            state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
            provider: string | null
            module: string | null
            id: string | null
            syncedAt: string | null
            waitingWrites: number
            error: string | null
          }
        } | null
      }
    }
  }
  /** What was spent, by day, kind, lead, campaign or model */
  '/v1/spend': {
    path: Record<never, never>
    query: {
      from?: string
      to?: string
      kind?: 'language-model' | 'transcription' | 'call' | 'sms' | 'recording' | 'research'
      leadId?: string
      callId?: string
      messageId?: string
      campaignId?: string
      model?: string
      currency?: string
      groupBy?: 'day' | 'kind' | 'lead' | 'campaign' | 'model'
      after?: number
    }
    answer: {
      /** ISO 8601 time with zone */
      from: string
      /** ISO 8601 time with zone */
      to: string
      groupBy: 'day' | 'kind' | 'lead' | 'campaign' | 'model'
      data: {
        currency: string
        /** millionths of the currency's main unit; exact */
        amountMicros: number
        entries: number
        /** the dearest first; days in their order */
        groups: {
          key: string | null
          label: string | null
          /** millionths of the currency's main unit; exact */
          amountMicros: number
          entries: number
          byKind: {
            /** millionths of the currency's main unit; exact */
            'language-model'?: number
            /** millionths of the currency's main unit; exact */
            transcription?: number
            /** millionths of the currency's main unit; exact */
            call?: number
            /** millionths of the currency's main unit; exact */
            sms?: number
            /** millionths of the currency's main unit; exact */
            recording?: number
            /** millionths of the currency's main unit; exact */
            research?: number
          }
        }[]
        rest: {
          groups: number
          /** millionths of the currency's main unit; exact */
          amountMicros: number
          entries: number
        } | null
      }[]
    }
  }
  /** The costs behind a sum, each with the event that told of it */
  '/v1/spend/entries': {
    path: Record<never, never>
    query: {
      from?: string
      to?: string
      kind?: 'language-model' | 'transcription' | 'call' | 'sms' | 'recording' | 'research'
      leadId?: string
      callId?: string
      messageId?: string
      campaignId?: string
      model?: string
      currency?: string
      sort?: '-usedAt' | 'usedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        kind: 'language-model' | 'transcription' | 'call' | 'sms' | 'recording' | 'research'
        /** millionths of the currency's main unit; exact */
        amountMicros: number
        currency: string
        /** ISO 8601 time with zone */
        usedAt: string
        provider: string
        model: string | null
        quantity: number | null
        unit: ('tokens' | 'seconds' | 'segments') | null
        leadId: string | null
        callId: string | null
        messageId: string | null
        meetingId: string | null
        campaignId: string | null
        /** its price was another one before */
        corrected: boolean
        /** the event that told the price */
        causeId: string
        causeType: string
      }[]
      nextCursor: string | null
    }
  }
  /** A month's budgets: used, left, where the month will end, thresholds that were reached */
  '/v1/spend/budget': {
    path: Record<never, never>
    query: {
      month?: string
      after?: number
    }
    answer: {
      month: string
      data: {
        currency: string
        /** millionths of the currency's main unit; exact */
        usedMicros: number
        budget: number | null
        budgetMicros: number | null
        leftMicros: number | null
        /** at the month's end, at the pace so far; of another month what it came to */
        forecastMicros: number
        /** the budget was set for this month alone */
        thisMonthOnly: boolean
        reached: {
          threshold: 80 | 90 | 100
          /** the budget that it was reached of */
          budget: number
          /** millionths of the currency's main unit; exact */
          usedMicros: number
          /** ISO 8601 time with zone */
          at: string
        }[]
      }[]
    }
  }
  /** Writes, notes and objects for the CRM */
  '/v1/crm-writes': {
    path: Record<never, never>
    query: {
      leadId?: string
      state?: 'queued' | 'unknown' | 'written' | 'unchanged' | 'simulated' | 'refused'
      kind?: 'record' | 'note' | 'contact' | 'deal' | 'task'
      receivedEventId?: string
      sort?: '-queuedAt' | 'queuedAt'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        leadId: string
        kind: 'record' | 'note' | 'contact' | 'deal' | 'task'
        key: string | null
        state: 'queued' | 'unknown' | 'written' | 'unchanged' | 'simulated' | 'refused'
        provider: string
        module: string
        lane: string | null
        crmId: string | null
        crmNoteId: string | null
        action: string | null
        fieldNames: string[]
        values: Record<string, unknown> | null
        note: {
          kind: 'booking' | 'meeting'
          meetingId: string | null
          title: string
          content: string
        } | null
        causeId: string | null
        /** the webhook (or command) at the beginning */
        receivedEventId: string
        queuedEventId: string | null
        settledEventId: string | null
        /** ISO 8601 time with zone */
        queuedAt: string
        settledAt: string | null
        httpStatus: number | null
        batchSize: number | null
        waitedMs: number | null
        latencyMs: number | null
        mappingVersion: number | null
        unknownReason: string | null
        error: {
          code: string
          field: string | null
          message: string
        } | null
      }[]
      nextCursor: string | null
    }
  }
  /** The field mapping in force, how it fits the CRM, and what it holds up */
  '/v1/field-mapping': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      provider: string
      module: string
      version: number
      /** ISO 8601 time with zone */
      changedAt: string
      checkedAt: string | null
      checkedBecause: string | null
      fields: {
        /** Leadlog's own name */
        field: string
        apiName: string | null
        configured: string | null
        format: string | null
        maxLength: number | null
        state: 'fits' | 'wrong' | 'off' | 'unchecked'
        problems: {
          kind:
            | 'unknown-field'
            | 'read-only'
            | 'wrong-type'
            | 'too-short'
            | 'not-unique'
            | 'choice-missing'
            | 'used-twice'
            | 'not-mapped'
          field: string | null
          /** the CRM's field */
          name: string
          problem: string
          remedy: string
          /** what the CRM has and would do, the most alike first */
          suggestions: string[]
        }[]
        lastError: {
          /** ISO 8601 time with zone */
          at: string
          code: string
          message: string
          leadId: string
        } | null
        /** a value that was written or would be; null where there is none */
        sample: unknown
      }[]
      statuses: {
        status: string
        name: string | null
        problems: {
          kind:
            | 'unknown-field'
            | 'read-only'
            | 'wrong-type'
            | 'too-short'
            | 'not-unique'
            | 'choice-missing'
            | 'used-twice'
            | 'not-mapped'
          field: string | null
          /** the CRM's field */
          name: string
          problem: string
          remedy: string
          /** what the CRM has and would do, the most alike first */
          suggestions: string[]
        }[]
      }[]
      /** about fields that only the CRM has */
      otherProblems: {
        kind:
          | 'unknown-field'
          | 'read-only'
          | 'wrong-type'
          | 'too-short'
          | 'not-unique'
          | 'choice-missing'
          | 'used-twice'
          | 'not-mapped'
        field: string | null
        /** the CRM's field */
        name: string
        problem: string
        remedy: string
        /** what the CRM has and would do, the most alike first */
        suggestions: string[]
      }[]
      parked: {
        /** writes that wait as dead letters because the mapping does not fit */
        count: number
        fingerprints: string[]
      }
    }
  }
  /** The versions of the field mapping, the newest first: who, when, why, and what changed */
  '/v1/field-mapping/versions': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      data: {
        version: number
        /** ISO 8601 time with zone */
        at: string
        actor: string
        reason: string | null
        restores: number | null
        checked: boolean
        changes: {
          of: 'field' | 'status'
          /** Leadlog's name of the field or status */
          name: string
          before: string | null
          after: string | null
        }[]
      }[]
    }
  }
  /** Every vendor: in use or not and why, how its last tests went, and how old its secrets are */
  '/v1/integrations': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      data: {
        /** the service that calls it */
        service: string
        vendor: string
        inUse: boolean
        /** why it is in use or not, in words */
        because: string
        host: string | null
        /** true: a host inside, named in OUTBOUND_PRIVATE_HOSTS, as a simulator */
        inside: boolean
        circuit: string | null
        /** true: a test cannot but send something that people see */
        posts: boolean
        /** ISO 8601 time with zone */
        toldAt: string
        state: 'off' | 'answers' | 'fails' | 'untested'
        lastSuccess: {
          /** ISO 8601 time with zone */
          at: string
          words: string
          code: string | null
          millis: number
        } | null
        lastFailure: {
          /** ISO 8601 time with zone */
          at: string
          words: string
          code: string | null
          millis: number
        } | null
        secrets: {
          name: string
          set: boolean
          ageDays: number | null
          fingerprints: string[]
        }[]
      }[]
    }
  }
  /** What can be switched while everything runs: how it stands, who switched it, why, and what waits */
  '/v1/flags': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      data: {
        flag: 'crm-writes' | 'language-model' | 'transcription'
        /** the service that goes by it */
        service: string
        /** what it means that it is off */
        off: string
        on: boolean
        since: string | null
        by: string | null
        reason: string | null
        /** while it is off: writes that wait because of it, or readings that rules made instead; 0 while it is on */
        concerned: number
      }[]
    }
  }
  /** Events of all streams */
  '/v1/events': {
    path: Record<never, never>
    query: {
      type?: string
      subject?: string
      correlationId?: string
      from?: string
      to?: string
      sort?: '-time' | 'time'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        type: string
        /** the service that recorded it */
        service: string
        /** whose history it belongs to */
        subject: string
        /** ISO 8601 time with zone */
        time: string
        stream: string
        sequence: number
        /** the first cause */
        correlationId: string
        /** the direct cause */
        causationId: string
        actor: string
        personId: string | null
        /** one line, free of personal data */
        summary: string
        /** small facts, free of personal data */
        facts: Record<string, unknown>
      }[]
      nextCursor: string | null
    }
  }
  /** One event with its data; of a webhook also the body */
  '/v1/events/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      id: string
      type: string
      /** the service that recorded it */
      service: string
      /** whose history it belongs to */
      subject: string
      /** ISO 8601 time with zone */
      time: string
      stream: string
      sequence: number
      /** the first cause */
      correlationId: string
      /** the direct cause */
      causationId: string
      actor: string
      personId: string | null
      /** one line, free of personal data */
      summary: string
      /** small facts, free of personal data */
      facts: Record<string, unknown>
      /** the event's data, personal fields opened; null once the stream let it go */
      data: unknown
      /** personal fields that are not shown */
      redacted: string[]
      payload: {
        contentType: string
        /** past its retention: its key is destroyed */
        erased: boolean
        /** the body where it is JSON */
        json: unknown
        text: string | null
      } | null
    }
  }
  /** Causes and effects of an event over all services */
  '/v1/events/{id}/trace': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      eventId: string
      correlationIds: string[]
      /** from the first event to the last */
      durationMs: number
      truncated: boolean
      nodes: {
        id: string
        parentId: string | null
        /** 0 for a first cause */
        depth: number
        relation: 'cause' | 'self' | 'effect' | 'other'
        type: string
        service: string
        subject: string
        stream: string
        sequence: number
        /** ISO 8601 time with zone */
        time: string
        msSinceParent: number | null
        msSinceStart: number
        summary: string
        facts: Record<string, unknown>
        /** told before under another cause; its effects are there */
        repeated: boolean
      }[]
    }
  }
  /** Messages that a handler gave up on */
  '/v1/dead-letters': {
    path: Record<never, never>
    query: {
      state?: 'open' | 'resolved' | 'discarded'
      service?: string
      handler?: string
      code?: string
      fingerprint?: string
      receivedEventId?: string
      sort?: '-at' | 'at'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        /** ISO 8601 time with zone */
        at: string
        state: 'open' | 'resolved' | 'discarded'
        /** its place in DEAD_LETTERS, which commands about it ask for */
        deadLetterSequence: number
        closedAt: string | null
        closedBy: string | null
        discardReason: string | null
        /** how often it was tried again by an operator */
        retries: number
        lastRetry: {
          /** ISO 8601 time with zone */
          at: string
          by: string
          code: string
          message: string
          fingerprint: string
        } | null
        service: string
        handler: string
        /** permanent, attempts-exhausted or unreadable */
        reason: string
        code: string
        message: string
        /** the same for failures of one kind */
        fingerprint: string
        attempts: number
        /** where the message stands */
        stream: string
        sequence: number
        eventId: string | null
        eventType: string | null
        subject: string | null
        receivedEventId: string
        lead: {
          id: string
          name: string | null
          email: string
        } | null
        meetingId: string | null
      }[]
      nextCursor: string | null
    }
  }
  /** Dead letters by kind of failure */
  '/v1/dead-letters/groups': {
    path: Record<never, never>
    query: {
      state?: 'open' | 'resolved' | 'discarded' | 'all'
      service?: string
      handler?: string
      after?: number
    }
    answer: {
      data: {
        fingerprint: string
        count: number
        /** ISO 8601 time with zone */
        firstAt: string
        /** ISO 8601 time with zone */
        lastAt: string
        service: string
        handler: string
        code: string
        /** of the newest */
        message: string
        eventType: string | null
        /** how often all of them together were tried again */
        retries: number
        /** some of them, newest first */
        sampleIds: string[]
      }[]
      /** there are more groups than are listed */
      truncated: boolean
    }
  }
  /** One dead letter with the attempts before it and its message */
  '/v1/dead-letters/{id}': {
    path: {
      id: string
    }
    query: {
      reveal?: 'true' | 'false'
      after?: number
    }
    answer: {
      id: string
      /** ISO 8601 time with zone */
      at: string
      state: 'open' | 'resolved' | 'discarded'
      /** its place in DEAD_LETTERS, which commands about it ask for */
      deadLetterSequence: number
      closedAt: string | null
      closedBy: string | null
      discardReason: string | null
      /** how often it was tried again by an operator */
      retries: number
      lastRetry: {
        /** ISO 8601 time with zone */
        at: string
        by: string
        code: string
        message: string
        fingerprint: string
      } | null
      service: string
      handler: string
      /** permanent, attempts-exhausted or unreadable */
      reason: string
      code: string
      message: string
      /** the same for failures of one kind */
      fingerprint: string
      attempts: number
      /** where the message stands */
      stream: string
      sequence: number
      eventId: string | null
      eventType: string | null
      subject: string | null
      receivedEventId: string
      lead: {
        id: string
        name: string | null
        email: string
      } | null
      meetingId: string | null
      failedAttemptLog: {
        id: string
        /** ISO 8601 time with zone */
        at: string
        service: string
        handler: string
        attempt: number
        /** true: nothing was tried, what it needs is away; no attempt was used up */
        deferred: boolean
        code: string
        message: string
        /** ISO 8601 time with zone */
        nextAttemptAt: string
        eventId: string | null
        eventType: string | null
      }[]
      payload: {
        /** the event's data, personal fields opened; null once the stream let it go */
        data: unknown
        /** personal fields that are not shown */
        redacted: string[]
        payload: {
          contentType: string
          /** past its retention: its key is destroyed */
          erased: boolean
          /** the body where it is JSON */
          json: unknown
          text: string | null
        } | null
      } | null
      payloadMissing: ('gone' | 'unreadable' | 'unavailable') | null
    }
  }
  /** What was received by provider and day, what became of it, and every gap */
  '/v1/ledger': {
    path: Record<never, never>
    query: {
      from?: string
      to?: string
      after?: number
    }
    answer: {
      /** ISO 8601 time with zone */
      from: string
      /** ISO 8601 time with zone */
      to: string
      /** every received event is accounted for exactly once */
      balanced: boolean
      totals: {
        /** ignored + failed + processing + processed */
        received: number
        /** received and not ignored */
        accepted: number
        ignored: number
        /** parked as a dead letter, or refused by the CRM */
        failed: number
        /** under way, those still queued included */
        processing: number
        /** of those under way: not yet taken up */
        queued: number
        /** synced + simulated + unsynced */
        processed: number
        /** something was read from it */
        enriched: number
        /** the CRM has what followed from it */
        synced: number
        /** DRY_RUN: the CRM would have got what followed from it */
        simulated: number
        /** done, and nothing was asked of the CRM */
        unsynced: number
        /** of those failed: waits as a dead letter */
        parked: number
        /** of those received: its webhook was lost, a reconciliation fetched it */
        pulled: number
      }
      days: {
        day: string
        provider: string
        /** ignored + failed + processing + processed */
        received: number
        /** received and not ignored */
        accepted: number
        ignored: number
        /** parked as a dead letter, or refused by the CRM */
        failed: number
        /** under way, those still queued included */
        processing: number
        /** of those under way: not yet taken up */
        queued: number
        /** synced + simulated + unsynced */
        processed: number
        /** something was read from it */
        enriched: number
        /** the CRM has what followed from it */
        synced: number
        /** DRY_RUN: the CRM would have got what followed from it */
        simulated: number
        /** done, and nothing was asked of the CRM */
        unsynced: number
        /** of those failed: waits as a dead letter */
        parked: number
        /** of those received: its webhook was lost, a reconciliation fetched it */
        pulled: number
        reconciledAt: string | null
        reconciledThrough: string | null
      }[]
      sources: {
        provider: string
        reconciledAt: string | null
        lastRun: {
          id: string
          /** ISO 8601 time with zone */
          from: string
          /** ISO 8601 time with zone */
          to: string
          /** ISO 8601 time with zone */
          completedAt: string
          /** false: the provider was not listed to the end */
          complete: boolean
          listed: number
          known: number
          /** webhooks that were lost */
          ingested: number
          failed: number
          problem: string | null
        }
      }[]
      /** oldest first */
      gaps: {
        id: string
        provider: string
        eventType: string
        /** ISO 8601 time with zone */
        receivedAt: string
        status: 'queued' | 'processing' | 'processed' | 'ignored' | 'failed'
        step: 'translate' | 'lead' | 'extract' | 'crm' | 'none'
        reason: string | null
      }[]
      gapsTruncated: boolean
    }
  }
  /** What needs a person, what flows, the funnel and the spend */
  '/v1/overview': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      /** ISO 8601 time with zone */
      at: string
      /** all of them 0: nothing needs anybody */
      attention: {
        /** open; they wait for a decision */
        deadLetters: number
        /** kinds of failure among them */
        deadLetterGroups: number
        /** leads whose newest write the CRM refused */
        refusedWrites: number
        /** writes whose outcome the CRM did not tell */
        unknownWrites: number
        /** received more than 15 minutes ago and not done */
        stuck: number
        /** payments that fit no invoice and wait for a decision */
        parkedPayments: number
        /** rows of read models whose events could not be applied */
        parkedRows: number
      }
      /** the last 24 full hours and the one under way */
      day: {
        /** ISO 8601 time with zone */
        from: string
        received: number
        /** processed, or nothing was to be done */
        done: number
        failed: number
        underWay: number
        crmP50Ms: number | null
        crmP99Ms: number | null
        /** 24, oldest first, by the time of receipt */
        hours: {
          /** ISO 8601 time with zone */
          hour: string
          received: number
          done: number
          failed: number
        }[]
      }
      /** what was left out on purpose; no flag and all of them 0: nothing is switched off */
      off: {
        /** those that are off */
        flags: {
          flag: 'crm-writes' | 'language-model' | 'transcription'
          /** the service that goes by it */
          service: string
          /** what it means that it is off */
          off: string
          on: boolean
          since: string | null
          by: string | null
          reason: string | null
          /** while it is off: writes that wait because of it, or readings that rules made instead; 0 while it is on */
          concerned: number
        }[]
        /** writes of the day that DRY_RUN kept from the CRM */
        dryRunWrites: number
        /** readings of the day that no language model was asked for */
        readByRules: number
      }
      leads: {
        total: number
        /** in the order in which a lead goes through them */
        statuses: {
          status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
          count: number
        }[]
      }
      spend: {
        /** ISO 8601 time with zone */
        from: string
        /** bookings and transcripts that were read */
        readings: number
        /** millionths of a US dollar, paid to language models in 30 days */
        costMicroUsd: number
      }
    }
  }
  /** The budget of every vendor account: use, what waits, and when it is done */
  '/v1/budgets': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      /** false without Redis: then each process keeps to a part of its own */
      shared: boolean
      data: {
        vendor: string
        /** tells accounts of one vendor apart; a hash where it would say more */
        account: string
        /** ISO 8601 time with zone */
        at: string
        minute: {
          used: number
          limit: number
          /** calls a minute that go on and on */
          sustained: number
        }
        day: {
          /** calls of the last 24 hours */
          used: number
          limit: number | null
          share: number | null
          usedAtEndOfDay: number
          shareAtEndOfDay: number | null
          /** ISO 8601 time with zone */
          endsAt: string
        }
        lanes: {
          lane: 'person' | 'live' | 'retry' | 'bulk' | 'replay'
          /** calls that wait, those that still stand in the log included */
          waiting: number
          /** calls a minute in the last minutes */
          perMinute: number
          pausedUntil: string | null
          doneAt: string | null
          dayShareWhenDone: number | null
          dayReachedAt: string | null
          /** calls that the day's quota leaves for another day */
          notToday: number
        }[]
        /** the same as a person says it, trouble first; times in UTC */
        words: string[]
      }[]
    }
  }
  /** Read models: how far they are, and what they had to park */
  '/v1/projections': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      data: {
        name: string
        version: number
        state: 'running' | 'catching-up' | 'standby' | 'rebuilding' | 'superseded'
        stream: string
        /** every event up to here is applied */
        sequence: number
        /** newest message of the stream */
        lastSequence: number
        lagEvents: number
        /** age of the newest applied event while there are newer ones */
        lagSeconds: number
        updatedAt: string | null
        /** rows whose events could not be applied; all others go on */
        parkedKeys: number
        parked: {
          key: string
          sequence: number
          eventType: string
          code: string | null
          message: string
          /** ISO 8601 time with zone */
          parkedAt: string
        }[]
      }[]
    }
  }
  /** What became of a command */
  '/v1/commands/{id}': {
    path: {
      id: string
    }
    query: Record<never, never>
    answer: {
      id: string
      service: string
      command: string
      state: 'waiting' | 'done' | 'refused' | 'failed'
      result: Record<string, unknown> | null
      after: number | null
      code: string | null
      message: string | null
      sentAt: string | null
      settledAt: string | null
    }
  }
  /** Every command, with what it takes, gives and refuses */
  '/v1/capabilities': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      commands: {
        service: string
        name: string
        version: number
        description: string
        method: 'POST'
        path: string
        /** JSON schema */
        body: Record<string, unknown>
        /** JSON schema */
        result: Record<string, unknown>
        /** code → what it means */
        refusals: Record<string, string>
      }[]
    }
  }
  /** What changes, as it changes */
  '/v1/stream': {
    path: Record<never, never>
    query: {
      topics?: string
      lastEventId?: string
    }
    answer: unknown
  }
  /** Who you are and what you may */
  '/v1/me': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      /** as events name you */
      actor: string
      scopes: string[]
      /** own: your leads; all: everything; admin: who may what, too */
      reads: string
      user: {
        id: string
        email: string
        name: string | null
        role: 'admin' | 'manager' | 'user'
        /** whether a code is asked for beside the link */
        secondFactor: boolean
      } | null
    }
  }
  /** Where you are signed in */
  '/v1/me/sessions': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      data: {
        id: string
        device: string
        address: string
        startedAt: string
        /** to the minute */
        lastSeenAt: string
        /** the one that asks */
        current: boolean
      }[]
    }
  }
  /** Who may sign in */
  '/v1/users': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      data: {
        id: string
        email: string
        name: string | null
        role: 'admin' | 'manager' | 'user'
        disabled: boolean
        secondFactor: boolean
        /** ISO 8601 time with zone */
        invitedAt: string
        lastSignedInAt: string | null
        lastSeenAt: string | null
      }[]
    }
  }
  /** Hosts that are or were connected with Zoom: since when, what Leadlog may do, and why it ended */
  '/v1/zoom-connections': {
    path: Record<never, never>
    query: {
      after?: number
    }
    answer: {
      data: {
        id: string
        /** of the host */
        email: string
        state: 'connected' | 'lost' | 'disconnected'
        because: ('asked-here' | 'refused-by-zoom') | null
        connectedAt: string | null
        endedAt: string | null
        /** what Leadlog may do or might, as Zoom calls it */
        scopes: string[]
      }[]
    }
  }
  /** The keys of programs, the newest first */
  '/v1/api-keys': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      data: {
        id: string
        /** how the key begins */
        shown: string
        name: string
        scopes: string[]
        issuedBy: string
        /** ISO 8601 time with zone */
        issuedAt: string
        expiresAt: string | null
        revokedAt: string | null
        lastUsedAt: string | null
      }[]
    }
  }
  /** What happened to users, sessions and keys */
  '/v1/security-log': {
    path: Record<never, never>
    query: {
      userId?: string
      type?: string
      sort?: '-at' | 'at'
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        /** of the event */
        id: string
        /** ISO 8601 time with zone */
        at: string
        type: string
        /** who did it */
        actor: string
        userId: string | null
        email: string | null
        keyId: string | null
        text: string
        address: string | null
        device: string | null
      }[]
      nextCursor: string | null
    }
  }
  /** Who is in the panel, and in which meeting */
  '/v1/panel': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      user: {
        id: string
        email: string
        name: string | null
      }
      /** opened inside of a running meeting */
      inMeeting: boolean
      meetingId: string | null
    }
  }
  /** The meetings of a day that you host, to choose one of */
  '/v1/panel/meetings': {
    path: Record<never, never>
    query: {
      from?: string
      to?: string
    }
    answer: {
      data: {
        id: string
        status: 'booked' | 'rescheduled' | 'canceled' | 'no-show' | 'held'
        title: string | null
        leadId: string | null
        customer: {
          email: string | null
          name: string | null
        }
        startsAt: string | null
        endsAt: string | null
        platform: string | null
        joinUrl: string | null
        host: {
          name: string | null
          email: string | null
        }
        reportUrl: string | null
        /** by ScheduleMeeting: it can be moved and canceled here */
        bookedHere: boolean
        /** how often the booking was replaced */
        reschedules: number
        transcript: {
          verdict: 'good' | 'partial' | 'unusable'
          coverage: number
          flags: string[]
        } | null
        attendance: {
          verdict: 'attended' | 'not-attended' | 'unknown'
          because: (('participant' | 'report' | 'transcript') | ('ended' | 'time-passed')) | null
          decidedAt: string | null
          startedAt: string | null
          endedAt: string | null
        }
        meddic: {
          /** parts that the transcript supports */
          filled: number
          total: number
          rejectedBecause: string | null
        } | null
      }[]
    }
  }
  /** A meeting with its lead, what is known of them, and what to ask */
  '/v1/panel/meetings/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      meeting: {
        id: string
        status: 'booked' | 'rescheduled' | 'canceled' | 'no-show' | 'held'
        title: string | null
        leadId: string | null
        customer: {
          email: string | null
          name: string | null
        }
        startsAt: string | null
        endsAt: string | null
        platform: string | null
        joinUrl: string | null
        host: {
          name: string | null
          email: string | null
        }
        reportUrl: string | null
        /** by ScheduleMeeting: it can be moved and canceled here */
        bookedHere: boolean
        /** how often the booking was replaced */
        reschedules: number
        transcript: {
          verdict: 'good' | 'partial' | 'unusable'
          coverage: number
          flags: string[]
        } | null
        attendance: {
          verdict: 'attended' | 'not-attended' | 'unknown'
          because: (('participant' | 'report' | 'transcript') | ('ended' | 'time-passed')) | null
          decidedAt: string | null
          startedAt: string | null
          endedAt: string | null
        }
        meddic: {
          /** parts that the transcript supports */
          filled: number
          total: number
          rejectedBecause: string | null
        } | null
      }
      lead: {
        id: string
        email: string
        name: string | null
        firstName: string | null
        lastName: string | null
        phone: string | null
        company: string | null
        title: string | null
        timezone: string | null
        status: 'new' | 'demo-booked' | 'demo-complete' | 'demo-canceled' | 'demo-no-show'
        statusChangedAt: string | null
        origin: string | null
        /** ISO 8601 time with zone */
        capturedAt: string
        demo: {
          /** ISO 8601 time with zone */
          startsAt: string
          timezone: string | null
          source: 'calendar' | 'notetaker'
        } | null
        meetingCount: number
        /** fields that extractions gave */
        fieldCount: number
        /** ISO 8601 time with zone */
        lastActivityAt: string
        crm: {
          state: 'none' | 'queued' | 'unknown' | 'written' | 'simulated' | 'refused'
          provider: string | null
          module: string | null
          id: string | null
          syncedAt: string | null
          waitingWrites: number
          error: string | null
        }
        meetingIds: string[]
        fields: Record<
          string,
          {
            value: string | number | string[]
            evidence: string | null
            kind: 'lead-intel' | 'meddic'
            /** rules, gemini or openai */
            provider: string
            model: string
            promptVersion: string
            confidence: number | null
            extractionId: string
            meetingId: string
            /** ISO 8601 time with zone */
            observedAt: string
            /** the event that gave the value; its trace shows the whole way */
            eventId: string
          }
        >
      } | null
      lastContact: {
        /** ISO 8601 time with zone */
        at: string
        kind: 'meeting' | 'call' | 'sms'
        title: string
      } | null
      lastMeeting: {
        title: string
        summary: string | null
        /** ISO 8601 time with zone */
        endedAt: string
      } | null
      meddic: {
        part: string
        known: string | null
        hint: string | null
        questions: {
          id: string
          words: string
          tickedAt: string | null
          askedBefore: string | null
        }[]
      }[]
      /** of this meeting, the newest first */
      notes: {
        id: string
        text: string
        /** ISO 8601 time with zone */
        takenAt: string
      }[]
    }
  }
  /** Every redrive of dead letters, newest first: who started it, why, and how it stands or ended */
  '/v1/redrives': {
    path: Record<never, never>
    query: {
      state?: 'running' | 'done' | 'stopped' | 'failed'
      about?: string
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        kind: 'redrive' | 'rebuild' | 'swap' | 'discard-table' | 'roll-back' | 'what-if' | 'apply-what-if'
        /** a kind of failure, read models, a what-if */
        about: string[]
        description: string | null
        follows: string | null
        state: 'running' | 'done' | 'stopped' | 'failed'
        /** ISO 8601 time with zone */
        startedAt: string
        /** name or address of the person, or the key */
        startedBy: string
        cancelledBy: string | null
        endedAt: string | null
        durationMs: number | null
        code: string | null
        message: string | null
        result: Record<string, unknown> | null
        progress: {
          /** what it is doing: simulate, canary, rest; fill, index, level, compare; select, read */
          phase: string
          done: number
          /** 0 while nobody knows */
          total: number
          perSecond: number | null
          targets: {
            name: string
            phase: string
            done: number
            total: number
          }[]
          /** ISO 8601 time with zone */
          at: string
        } | null
      }[]
      nextCursor: string | null
    }
  }
  /** One redrive of dead letters: how it stands, or how it ended */
  '/v1/redrives/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      id: string
      kind: 'redrive' | 'rebuild' | 'swap' | 'discard-table' | 'roll-back' | 'what-if' | 'apply-what-if'
      /** a kind of failure, read models, a what-if */
      about: string[]
      description: string | null
      follows: string | null
      state: 'running' | 'done' | 'stopped' | 'failed'
      /** ISO 8601 time with zone */
      startedAt: string
      /** name or address of the person, or the key */
      startedBy: string
      cancelledBy: string | null
      endedAt: string | null
      durationMs: number | null
      code: string | null
      message: string | null
      result: Record<string, unknown> | null
      progress: {
        /** what it is doing: simulate, canary, rest; fill, index, level, compare; select, read */
        phase: string
        done: number
        /** 0 while nobody knows */
        total: number
        perSecond: number | null
        targets: {
          name: string
          phase: string
          done: number
          total: number
        }[]
        /** ISO 8601 time with zone */
        at: string
      } | null
      /** what was asked for */
      order: Record<string, unknown>
    }
  }
  /** How far one redrive of dead letters is, as it moves */
  '/v1/redrives/{id}/progress': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: unknown
  }
  /** Every rebuild, newest first: who started it, why, and how it stands or ended */
  '/v1/rebuilds': {
    path: Record<never, never>
    query: {
      state?: 'running' | 'done' | 'stopped' | 'failed'
      about?: string
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        kind: 'redrive' | 'rebuild' | 'swap' | 'discard-table' | 'roll-back' | 'what-if' | 'apply-what-if'
        /** a kind of failure, read models, a what-if */
        about: string[]
        description: string | null
        follows: string | null
        state: 'running' | 'done' | 'stopped' | 'failed'
        /** ISO 8601 time with zone */
        startedAt: string
        /** name or address of the person, or the key */
        startedBy: string
        cancelledBy: string | null
        endedAt: string | null
        durationMs: number | null
        code: string | null
        message: string | null
        result: Record<string, unknown> | null
        progress: {
          /** what it is doing: simulate, canary, rest; fill, index, level, compare; select, read */
          phase: string
          done: number
          /** 0 while nobody knows */
          total: number
          perSecond: number | null
          targets: {
            name: string
            phase: string
            done: number
            total: number
          }[]
          /** ISO 8601 time with zone */
          at: string
        } | null
      }[]
      nextCursor: string | null
    }
  }
  /** One rebuild: how it stands, or how it ended */
  '/v1/rebuilds/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      id: string
      kind: 'redrive' | 'rebuild' | 'swap' | 'discard-table' | 'roll-back' | 'what-if' | 'apply-what-if'
      /** a kind of failure, read models, a what-if */
      about: string[]
      description: string | null
      follows: string | null
      state: 'running' | 'done' | 'stopped' | 'failed'
      /** ISO 8601 time with zone */
      startedAt: string
      /** name or address of the person, or the key */
      startedBy: string
      cancelledBy: string | null
      endedAt: string | null
      durationMs: number | null
      code: string | null
      message: string | null
      result: Record<string, unknown> | null
      progress: {
        /** what it is doing: simulate, canary, rest; fill, index, level, compare; select, read */
        phase: string
        done: number
        /** 0 while nobody knows */
        total: number
        perSecond: number | null
        targets: {
          name: string
          phase: string
          done: number
          total: number
        }[]
        /** ISO 8601 time with zone */
        at: string
      } | null
      /** what was asked for */
      order: Record<string, unknown>
    }
  }
  /** How far one rebuild is, as it moves */
  '/v1/rebuilds/{id}/progress': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: unknown
  }
  /** The tables of the read models: how large, and what is kept beside them */
  '/v1/read-models': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      data: {
        name: string
        version: number | null
        /** of this release */
        newestVersion: number
        /** as Postgres' statistics have it */
        rows: number
        /** of the table and its indexes */
        bytes: number
        rebuild: {
          version: number
          /** ISO 8601 time with zone */
          createdAt: string
          finishedAt: string | null
        } | null
        previous: {
          version: number
          /** ISO 8601 time with zone */
          createdAt: string
          finishedAt: string | null
        } | null
      }[]
    }
  }
  /** What differs between the live tables and the rebuilt ones, now, with samples of rows */
  '/v1/rebuilds/{id}/comparison': {
    path: {
      id: string
    }
    query: Record<never, never>
    answer: {
      models: {
        name: string
        equal: boolean
        sequences: Record<string, number>
        liveRows: number
        rebuiltRows: number
        added: number
        removed: number
        changed: number
        changedByColumn: Record<string, number>
        columnsOnlyLive: string[]
        columnsOnlyRebuilt: string[]
        samples: {
          key: string
          /** added, removed or changed, seen from the live table */
          kind: string
          columns: {
            column: string
            live: unknown
            rebuilt: unknown
          }[]
        }[]
      }[]
    }
  }
  /** Every what-if, newest first: who started it, why, and how it stands or ended */
  '/v1/what-ifs': {
    path: Record<never, never>
    query: {
      state?: 'running' | 'done' | 'stopped' | 'failed'
      about?: string
      limit?: number
      cursor?: string
      after?: number
    }
    answer: {
      data: {
        id: string
        kind: 'redrive' | 'rebuild' | 'swap' | 'discard-table' | 'roll-back' | 'what-if' | 'apply-what-if'
        /** a kind of failure, read models, a what-if */
        about: string[]
        description: string | null
        follows: string | null
        state: 'running' | 'done' | 'stopped' | 'failed'
        /** ISO 8601 time with zone */
        startedAt: string
        /** name or address of the person, or the key */
        startedBy: string
        cancelledBy: string | null
        endedAt: string | null
        durationMs: number | null
        code: string | null
        message: string | null
        result: Record<string, unknown> | null
        progress: {
          /** what it is doing: simulate, canary, rest; fill, index, level, compare; select, read */
          phase: string
          done: number
          /** 0 while nobody knows */
          total: number
          perSecond: number | null
          targets: {
            name: string
            phase: string
            done: number
            total: number
          }[]
          /** ISO 8601 time with zone */
          at: string
        } | null
      }[]
      nextCursor: string | null
    }
  }
  /** One what-if: how it stands, or how it ended */
  '/v1/what-ifs/{id}': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: {
      id: string
      kind: 'redrive' | 'rebuild' | 'swap' | 'discard-table' | 'roll-back' | 'what-if' | 'apply-what-if'
      /** a kind of failure, read models, a what-if */
      about: string[]
      description: string | null
      follows: string | null
      state: 'running' | 'done' | 'stopped' | 'failed'
      /** ISO 8601 time with zone */
      startedAt: string
      /** name or address of the person, or the key */
      startedBy: string
      cancelledBy: string | null
      endedAt: string | null
      durationMs: number | null
      code: string | null
      message: string | null
      result: Record<string, unknown> | null
      progress: {
        /** what it is doing: simulate, canary, rest; fill, index, level, compare; select, read */
        phase: string
        done: number
        /** 0 while nobody knows */
        total: number
        perSecond: number | null
        targets: {
          name: string
          phase: string
          done: number
          total: number
        }[]
        /** ISO 8601 time with zone */
        at: string
      } | null
      /** what was asked for */
      order: Record<string, unknown>
    }
  }
  /** How far one what-if is, as it moves */
  '/v1/what-ifs/{id}/progress': {
    path: {
      id: string
    }
    query: {
      after?: number
    }
    answer: unknown
  }
  /** What a what-if can try: who reads, and the CRM fields of the mapping in force */
  '/v1/what-ifs/choices': {
    path: Record<never, never>
    query: Record<never, never>
    answer: {
      readers: {
        provider: string
        model: string
        configured: boolean
        /** costs money and goes to a vendor */
        outside: boolean
      }[]
      crm: string
      fields: {
        field: string
        apiName: string
        variable: string
      }[]
    }
  }
  /** What a what-if found: the leads of which something would be different, most differences first */
  '/v1/what-ifs/{id}/records': {
    path: {
      id: string
    }
    query: {
      limit?: number
      cursor?: string
    }
    answer: {
      data: {
        leadId: string
        name: string | null
        email: string | null
        crmId: string | null
        appliedAt: string | null
        differences: {
          field: string
          domainField: string | null
          kind: string
          is: {
            value: (string | number) | null
            evidence: string | null
            readBy: string | null
          }
          wouldBe: {
            value: (string | number) | null
            evidence: string | null
            readBy: string | null
          }
        }[]
        problems: {
          extractionId: string
          outcome: string
          code: string
        }[]
      }[]
      nextCursor: string | null
    }
  }
}
