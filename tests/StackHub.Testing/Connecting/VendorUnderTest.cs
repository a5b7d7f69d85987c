using StackHub.Connecting;

namespace StackHub.Testing.Connecting;

/// <summary>A vendor's sandbox as the contract sees it: what a person does there, what breaks there, what is stored there.</summary>
public abstract class VendorUnderTest : IAsyncDisposable
{
    /// <summary>The type under test: people, as the vendor calls them.</summary>
    public abstract string ObjectType { get; }

    public abstract string EmailField { get; }

    /// <summary>A plain text field that may be cleared.</summary>
    public abstract string TextField { get; }

    public abstract string AccountType { get; }

    public abstract string AccountNameField { get; }

    /// <summary>The person's reference to an account; null when the vendor has none.</summary>
    public abstract string? AccountField { get; }

    /// <summary>The vendor's clock is this one.</summary>
    public AdjustableTime Time { get; } = new();

    /// <summary>Most records a scan's page holds, so that a test can seed more than one page.</summary>
    public virtual int ScanPage => 100;

    /// <summary>Whether the feed tells deletions at all.</summary>
    public virtual bool FeedTellsDeletions => true;

    /// <summary>An outcome of a bad address: the vendor refuses it.</summary>
    public virtual string BadEmail => "not an address";

    public abstract IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called);

    /// <summary>A record made by a person in the vendor's own pages; its id.</summary>
    public abstract string Seed(string objectType, IReadOnlyDictionary<string, string?> fields);

    public abstract void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields);

    public abstract void Delete(string objectType, string id);

    /// <summary>All that the vendor still stores of a record, deleted or not; null when it stores nothing.</summary>
    public abstract string? Stored(string objectType, string id);

    /// <summary>A person in the vendor's own pages tries to bring a record back; false when there is no way.</summary>
    public virtual bool Restore(string objectType, string id) => false;

    /// <summary>How many live records of the type there are.</summary>
    public abstract int Count(string objectType);

    public abstract void ThrottleNext(TimeSpan retryAfter);

    /// <summary>The next call is carried out, but its answer gets lost.</summary>
    public abstract void LoseNextAnswer();

    public abstract void ExpireTokens();

    /// <summary>Breaches the vendor noted: calls too early, batches too large, bodies against its description.</summary>
    public abstract IReadOnlyList<string> Violations { get; }

    /// <summary>A genuine webhook at this moment; null when the vendor has none.</summary>
    public abstract WebhookRequest? Webhook(string body, DateTimeOffset at);

    /// <summary>A genuine body.</summary>
    public virtual string WebhookBody => "[]";

    /// <summary>Whether the vendor signs the body; one that does not has only a secret in the webhook's address.</summary>
    public virtual bool WebhooksSignTheBody => true;

    /// <summary>Whether the vendor signs a time.</summary>
    public virtual bool WebhooksExpire => true;

    public abstract ValueTask DisposeAsync();
}
