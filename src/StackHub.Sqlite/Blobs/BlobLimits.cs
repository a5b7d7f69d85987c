namespace StackHub.Sqlite;

/// <summary>The blob names the port promises: 1 to 1,024 characters.</summary>
internal static class BlobLimits
{
    private const int MaxNameChars = 1_024;

    public static void CheckName(string name)
    {
        if (name.Length is 0 or > MaxNameChars)
            throw new ArgumentException($"A blob name has 1 to {MaxNameChars} characters; this one has {name.Length}.", nameof(name));
    }
}
