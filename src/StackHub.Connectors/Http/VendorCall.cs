namespace StackHub.Connectors.Http;

/// <summary>What a request is, for the budget, the bill and the retry: nothing of its content.</summary>
/// <param name="Operation">Its name in reports: "contacts.batchUpsert".</param>
/// <param name="Records">How many records it carries or asks for.</param>
/// <param name="Scope">Which rate limit it counts under, besides "*".</param>
/// <param name="Safe">True for reads (a search by POST too): they may be sent again when no answer came.</param>
internal readonly record struct VendorCall(string Operation, int Records = 1, string Scope = VendorCall.AnyScope, bool Safe = false)
{
    public const string AnyScope = "*";

    public static VendorCall Read(string operation, int records = 1, string scope = AnyScope) => new(operation, records, scope, Safe: true);

    public static VendorCall Write(string operation, int records = 1, string scope = AnyScope) => new(operation, records, scope);
}
