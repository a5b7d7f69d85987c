namespace StackHub.Storage;

/// <summary>The names of the hub's tables and queues.</summary>
public static class Tables
{
    public const string Records = "records";
    public const string Claims = "claims";
    public const string Outbox = "outbox";
    public const string Sent = "sent";
    public const string Cursors = "cursors";
    public const string Systems = "systems";
    public const string Leases = "leases";
    public const string Budgets = "budgets";
    public const string Tokens = "tokens";
    public const string Conflicts = "conflicts";
    public const string DeadLetters = "deadletters";
    public const string Merges = "merges";
    public const string Blocks = "blocks";
    public const string Suppressions = "suppressions";
    public const string Replays = "replays";
    public const string Runs = "runs";
    public const string ApiKeys = "apikeys";
    public const string Idempotency = "idempotency";
    public const string Routing = "routing";
    public const string Lifecycle = "lifecycle";
    public const string Journeys = "journeys";
    public const string Audit = "audit";
    public const string Consents = "consents";
    public const string Evidence = "evidence";
    public const string PrivacyKeys = "privacykeys";
    public const string PrivacyCodes = "privacycodes";
    public const string Packages = "packages";
    public const string Privacy = "privacy";
    public const string PrivacyIndex = "privacyindex";
    public const string Notices = "notices";

    public static readonly IReadOnlyList<string> All =
    [
        Records,
        Claims,
        Outbox,
        Sent,
        Cursors,
        Systems,
        Leases,
        Budgets,
        Tokens,
        Conflicts,
        DeadLetters,
        Merges,
        Blocks,
        Suppressions,
        Replays,
        Runs,
        ApiKeys,
        Idempotency,
        Routing,
        Lifecycle,
        Journeys,
        Audit,
        Consents,
        Evidence,
        PrivacyKeys,
        PrivacyCodes,
        Packages,
        Privacy,
        PrivacyIndex,
        Notices,
    ];
}
