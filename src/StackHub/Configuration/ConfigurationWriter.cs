namespace StackHub.Configuration;

/// <summary>Writes the stackhub.yaml a newcomer starts from.</summary>
public static class ConfigurationWriter
{
    /// <summary>A commented file that loads as it stands.</summary>
    public static string Sample() => Yaml;

    private const string Yaml = """
        # stackhub.yaml: which systems StackHub keeps the same, and who wins when they disagree.
        # Everything but 'systems' may be left out. Durations are written 30s, 10m, 1h, 7d.
        # Secrets never stand in this file: write env:NAME (an environment variable) or keyvault:NAME (Azure Key Vault).

        hub:
          publicUrl: https://hub.example.com   # vendors call https://hub.example.com/hooks/<system>
          phoneRegion: US                      # what a phone number without a country code belongs to
          horizon: { days: 7, facts: 64 }      # how much history a field keeps
          fights: { reversals: 4, window: 10m }  # when two systems that overwrite each other are stopped
          shards: 1                            # more let several instances write to one system

        systems:
          # Each system has a name of your choice; two accounts at one vendor are two systems.
          salesforce:
            connector: salesforce
            mode: live                         # shadow only says what it would write
            poll: 60s                          # webhooks come first; the poll finds what they missed
            concurrency: 4
            settings:
              loginUrl: https://login.salesforce.com
              clientId: env:SF_CLIENT_ID
              clientSecret: env:SF_CLIENT_SECRET
              refreshToken: keyvault:sf-refresh-token
              createPeopleAs: Contact          # or Lead
            create:                            # what new records become here; never keeps a kind out
              account: Account
              person: Contact
              opportunity: Opportunity
            fuse: { creates: 5000, overwrites: 50000, deletes: 100 }  # an hour; beyond it the hub stops and asks
            objects:                           # changes to the connector's own maps; what is not named stays as it is
              Contact:
                fields:
                  leadScore: { to: Lead_Score__c, type: number, direction: both }
                  favouriteColour:
                    to: Favourite_Colour__c
                    in: [lower]                # transforms of what comes in; out: [...] of what goes out
                    options: { red: Crimson, blue: Azure }  # ours: theirs
                    placeholder: unknown       # written when Salesforce demands a value; never read back
                    maxLength: 80
                  mobilePhone: none            # not synced
                  lifecycleStage: { to: Lifecycle_Stage__c, type: choice }  # the hub's stage, for people to see
                  salesStatus: { to: Sales_Status__c, type: choice, direction: in }
              Lead: none                       # this object is not synced at all

          hubspot:
            connector: hubspot
            settings:
              accessToken: env:HUBSPOT_TOKEN
              webhookSecret: env:HUBSPOT_WEBHOOK_SECRET
            objects:
              contacts:
                fields:
                  engagedAt: { to: hs_last_sales_activity_timestamp, type: instant, direction: in }

          intercom:
            connector: intercom
            mode: shadow                       # a good way to begin with a new system
            settings:
              accessToken: env:INTERCOM_TOKEN
            create: { person: never }          # update people there, but never add one
            objects:
              contacts:
                fields:
                  successStage: { to: custom_attributes.success_stage, direction: in }

        fields:
          # Policies: most-recent, system-of-record, first, max, union, most-restrictive.
          person:
            email: { policy: most-recent, blankNeverWins: true }
            leadSource: { policy: first }
            phone: { policy: system-of-record, systems: [salesforce, hubspot] }
            emailOptOut: { policy: most-restrictive }   # an opt-out anywhere is an opt-out everywhere
            favouriteColour: { type: choice }           # a field of your own: give its type
            salesStatus: { type: choice }
            engagedAt: { type: instant }
            successStage: { type: text }
          account:
            industry: { policy: system-of-record, systems: [salesforce] }

        privacy:
          purposes:                            # what people's data is used for; refused, its fields do not go there
            newsletter:
              use: direct-marketing            # service, direct-marketing, sale, sensitive or analytics
              rule: opt-out                    # opt-in asks for a consent first
              channel: email
              flag: emailOptOut                # the field that says it is refused
              fields: { hubspot: [leadScore] } # or all
          consent: { askAgainAfterMonths: 12 }

        lifecycle:                             # each person's stage; 'stackhub lifecycle' shows what of it is understood
          hours: { zone: America/New_York, weekdays: [09:00-12:00, 13:00-17:00], holidays: [2026-12-25] }  # when promises run
          remindBefore: 30m
          systems:                             # who may say what: crm, map (marketing), cs (success) or billing
            salesforce: { authority: crm, field: salesStatus, stages: { Working: sal, Qualified: sql, Back to marketing: recycled } }
            hubspot: { authority: map }        # speaks in its own lifecycle stage, and is given the farthest one
            intercom: { authority: cs, field: successStage, stages: { Fan: evangelist, Gone: churned } }
          score:
            rules:                             # a later version is a line of its own; whoever qualified keeps theirs
              - { version: 1, from: 2026-01-01, threshold: 100 }
          engagement: engagedAt                # a score qualifies somebody again only after they did something new
          account: { people: 2, days: 30 }     # when a company is worth sales' time

        routing:                               # who gets a lead that nobody owns; 'stackhub rules check' proves it
          when: { field: lifecycleStage, is: mql }
          owners:
            ada:
              ids: { salesforce: 0055g00000AbCdEAAV, hubspot: "41629779" }  # their users in the tools
              hours: { zone: America/New_York, weekdays: 09:00-17:00 }
              away: [2026-12-24..2026-12-31]
            ben:
              ids: { salesforce: 0055g00000FgHiJAAV, hubspot: "41629780" }
              manager: ada                     # gets what was theirs when they leave
            unassigned: { queue: true, ids: { salesforce: 00G5g000001XyZaEAK } }  # what is theirs has no owner
          pools:
            americas: { strategy: weighted, members: { ada: 2, ben: 1 }, cap: 20/day }
            everybody: { strategy: load, members: { ben: 1, ada: 1 }, returns: average, aroundTheClock: true }
          rules:                               # the first that fits decides; 'over' says that an overlap is meant
            - { name: enterprise, when: { field: account.employees, atLeast: 1000 }, to: owner ada, over: [americas] }
            - { name: americas, when: { any: [{ field: country, in: [United States, Canada, Mexico] }, { field: phone, startsWith: "+1" }] }, to: pool americas }
          fallback: pool everybody

        """;
}
