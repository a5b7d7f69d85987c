using StackHub.Connecting;

namespace StackHub.Cli.CommandLine;

internal static class VendorSentences
{
    public static string Of(VendorUnavailableException e)
    {
        var cure = e.NeedsPerson ? "A person has to mend it: check the credentials and rights, then run 'stackhub doctor'."
            : e.RetryAfter is { } wait ? $"It asked to be left alone for {wait.TotalSeconds:0} s; try again then."
            : "Try again in a while; what was done so far is kept.";
        return $"{e.System} cannot be used now: {e.Reason.TrimEnd('.')}. {cure}";
    }
}
