namespace StackHub.Sandbox.Hosting;

/// <summary>What a client needs to sign in to a simulated vendor; printed without its secrets.</summary>
public sealed record VendorCredentials(string ClientId, string ClientSecret, string RefreshToken)
{
    public override string ToString() => $"credentials of {ClientId}";
}
