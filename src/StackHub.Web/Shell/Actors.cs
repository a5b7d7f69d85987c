using StackHub.Privacy.Intake;
using StackHub.Security;

namespace StackHub.Web.Shell;

/// <summary>What whoever did something is called: people by the name of their key, the rest in words.</summary>
public sealed class Actors(ApiKeyStore keys)
{
    private const string KeyPrefix = "key:";

    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string> callers, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var caller in callers.Distinct(StringComparer.Ordinal))
            names[caller] = caller.StartsWith(KeyPrefix, StringComparison.Ordinal) && await keys.GetAsync(caller[KeyPrefix.Length..], cancellationToken) is { } key ? key.Name : Of(caller);
        return names;
    }

    private static string Of(string caller) => caller switch
    {
        "public" => "the public form",
        "code" => "the person, by a code",
        "hub" => "the hub",
        _ when caller.StartsWith("opendsr:", StringComparison.Ordinal) => $"{caller["opendsr:".Length..]}, by OpenDSR",
        _ when caller.StartsWith(ErasedInTool.By, StringComparison.Ordinal) => $"{caller[ErasedInTool.By.Length..]}, where the person was erased",
        _ when caller.StartsWith("cli:", StringComparison.Ordinal) => $"{caller["cli:".Length..]}, by command line",
        _ => caller,
    };
}
