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

    public static readonly IReadOnlyList<string> All =
        [Records, Claims, Outbox, Sent, Cursors, Systems, Leases, Budgets, Tokens, Conflicts, DeadLetters, Merges, Blocks, Suppressions, Replays, Runs, ApiKeys, Idempotency];
}
