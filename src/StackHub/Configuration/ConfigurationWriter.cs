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
              Lead: none                       # this object is not synced at all

          hubspot:
            connector: hubspot
            settings:
              accessToken: env:HUBSPOT_TOKEN
              webhookSecret: env:HUBSPOT_WEBHOOK_SECRET

          intercom:
            connector: intercom
            mode: shadow                       # a good way to begin with a new system
            settings:
              accessToken: env:INTERCOM_TOKEN
            create: { person: never }          # update people there, but never add one

        fields:
          # Policies: most-recent, system-of-record, first, max, union, most-restrictive.
          person:
            email: { policy: most-recent, blankNeverWins: true }
            leadSource: { policy: first }
            phone: { policy: system-of-record, systems: [salesforce, hubspot] }
            emailOptOut: { policy: most-restrictive }   # an opt-out anywhere is an opt-out everywhere
            favouriteColour: { type: choice }           # a field of your own: give its type
          account:
            industry: { policy: system-of-record, systems: [salesforce] }

        """;
}
