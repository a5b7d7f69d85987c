using System.Globalization;

namespace StackHub.Testing.Storage;

/// <summary>Names that no other test has used, for stores that outlive a test: letters and digits, at most 40 characters.</summary>
public static class UniqueName
{
    private static readonly long Start = TimeProvider.System.GetUtcNow().UtcTicks;
    private static int count;

    public static string Of(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{Start:x}{Environment.ProcessId:x}n{Interlocked.Increment(ref count)}");
}
