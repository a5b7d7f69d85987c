using StackHub.Connecting;

namespace StackHub.Connectors.Http;

/// <summary>How a vendor knows us: a fixed credential, or an OAuth grant that is refreshed. Neither prints its secrets.</summary>
internal abstract record VendorAuth
{
    private VendorAuth()
    {
    }

    /// <summary>A credential that does not change: a private app's token ("Bearer"), an API key, a Basic pair.</summary>
    public sealed record Fixed(string Scheme, string Credential) : VendorAuth
    {
        public override string ToString() => $"fixed {Scheme}";
    }

    /// <summary>A key that is sent in a header of the vendor's own, among <see cref="VendorHttpOptions.Headers"/>.</summary>
    public sealed record InHeaders : VendorAuth;

    /// <summary>
    /// An OAuth 2 token endpoint; <paramref name="Form"/> gives the form to post there, from the stored token (null at first).
    /// </summary>
    public sealed record OAuth(Uri TokenEndpoint, Func<VendorToken?, IReadOnlyList<KeyValuePair<string, string>>> Form) : VendorAuth
    {
        /// <summary>The client's id and secret joined by a colon, for endpoints that want them as Basic credentials and not in the form.</summary>
        public string? BasicClient { get; init; }

        /// <summary>Lifetime of a token when the endpoint does not say; null means until the vendor refuses it.</summary>
        public TimeSpan? Lifetime { get; init; }

        /// <summary>The endpoint takes JSON instead of the standard's form.</summary>
        public bool AsJson { get; init; }

        public override string ToString() => "oauth";
    }
}
