using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// The calls we send, each with a scope of its own: Klaviyo counts by endpoint, a burst in a second and a steady rate in a minute
/// (https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling).
/// </summary>
internal static class KlaviyoLimits
{
    public const string List = "profiles.list";
    public const string Get = "profiles.get";
    public const string Create = "profiles.create";
    public const string Update = "profiles.update";
    public const string Import = "imports.create";
    public const string ImportStatus = "imports.get";
    public const string Subscribe = "subscriptions.create";
    public const string Unsubscribe = "subscriptions.delete";
    public const string Suppress = "suppressions.create";
    public const string Unsuppress = "suppressions.delete";
    public const string Erase = "deletions.create";
    public const string GetList = "lists.get";

    private static readonly (string Operation, int Burst, int Steady)[] Published =
    [
        (List, 75, 750), (Get, 75, 750), (Create, 75, 750), (Update, 75, 750),
        (Import, 10, 150), (ImportStatus, 10, 150),
        (Subscribe, 75, 750), (Unsubscribe, 75, 750), (Suppress, 75, 750), (Unsuppress, 75, 750),
        (Erase, 3, 60), (GetList, 75, 750),
    ];

    /// <summary>The budget keeps scopes in a table, whose columns have no dots.</summary>
    public static string ScopeOf(string operation) => operation.Replace('.', '_');

    /// <param name="percent">The share of each limit that the hub allows itself.</param>
    public static IReadOnlyList<RateLimit> Of(int percent) =>
    [
        .. Published.SelectMany(limit => new RateLimit[]
        {
            new(ScopeOf(limit.Operation), Math.Max(1, limit.Burst * percent / 100), TimeSpan.FromSeconds(1)),
            new(ScopeOf(limit.Operation), Math.Max(1, limit.Steady * percent / 100), TimeSpan.FromMinutes(1)),
        }),
    ];
}
