using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Privacy.Notices;
using StackHub.Privacy.OpenDsr;
using StackHub.Privacy.Receipts;

namespace StackHub.Cli.Doctor;

/// <summary>What privacy requests need beside the tools: the secret that codes and alarms go out with, and the keys that answers and receipts are signed with.</summary>
internal static class PrivacyExamination
{
    private const int LeastSecret = 24;

    public static async Task<IReadOnlyList<Finding>> RunAsync(HubSession hub, CancellationToken cancellationToken) =>
        [.. await NotifyAsync(hub, cancellationToken), .. await OpenDsrAsync(hub, cancellationToken), .. await ReceiptsAsync(hub, cancellationToken)];

    private static async Task<IReadOnlyList<Finding>> NotifyAsync(HubSession hub, CancellationToken cancellationToken)
    {
        const string area = "privacy.notify";
        if (hub.Model.Privacy.Notify is not { } notify)
            return [];
        try
        {
            var secret = await hub.Get<NotifySecret>().GetAsync(notify, cancellationToken);
            return secret.Length < LeastSecret
                ? [new(area, CheckState.Warning, $"its secret has {secret.Length} bytes.", $"Make one of {LeastSecret} or more, and give it to the receiver too: echo whsec_$(openssl rand -base64 32)")]
                : [new(area, CheckState.Fine, $"codes and alarms go to {notify.Url.Host}, signed.")];
        }
        catch (HttpRequestException e)
        {
            return [new(area, CheckState.Problem, $"{e.Message} No code reaches anybody until it is mended.", $"Set what '{notify.Secret}' refers to: whsec_ and base64, the same that the receiver has. 'echo whsec_$(openssl rand -base64 32)' makes one.")];
        }
    }

    private static async Task<IReadOnlyList<Finding>> OpenDsrAsync(HubSession hub, CancellationToken cancellationToken)
    {
        const string area = "privacy.opendsr";
        if (hub.Model.Privacy.OpenDsr is not { } settings)
            return [];
        try
        {
            var examined = await hub.Get<OpenDsrSigner>().ExamineAsync(cancellationToken);
            var findings = examined.Remarks.Select(remark => new Finding(area, remark.Stops ? CheckState.Problem : CheckState.Warning, $"the certificate: {remark.What}", remark.Cure)).ToList();
            if (settings.Certificate is null)
                findings.Add(new(area, CheckState.Warning, "answers are signed with a certificate that the hub made itself: controllers may not trust it.", "Have one issued for the domain, and name it by privacy.opendsr.certificate."));
            if (hub.Model.PublicBase is { } address && !string.Equals(address.Host, settings.Domain, StringComparison.OrdinalIgnoreCase))
                findings.Add(new(area, CheckState.Warning, $"answers are signed for {settings.Domain}, and controllers are sent to {address.Host} for the certificate: they refuse what differs.", "Let privacy.opendsr.domain be the host of hub.publicUrl."));
            return findings.Count > 0 ? findings : [new(area, CheckState.Fine, $"the certificate for {settings.Domain} can sign, until {examined.NotAfter:yyyy-MM-dd}.")];
        }
        catch (HttpRequestException e)
        {
            return [new(area, CheckState.Problem, e.Message, $"Set what '{settings.Certificate}' refers to: certificate and private key in PEM.")];
        }
    }

    private static async Task<IReadOnlyList<Finding>> ReceiptsAsync(HubSession hub, CancellationToken cancellationToken)
    {
        const string area = "privacy.receipts";
        try
        {
            var keys = await hub.Get<ReceiptSigner>().PublicKeysAsync(cancellationToken);
            return [new(area, CheckState.Fine, $"{keys.Keys.Length} {(keys.Keys.Length == 1 ? "key is" : "keys are")} published; 'stackhub privacy receipt keys' prints them.")];
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return [new(area, CheckState.Problem, "the signing key cannot be opened with this hub's key: no receipt can be signed.", "Give the hub the key it had when the data folder was made (STACKHUB_KEY, or the file hub.key).")];
        }
    }
}
