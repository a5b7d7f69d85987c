namespace StackHub.Configuration;

/// <summary>What became of the references in a system's settings.</summary>
public abstract record SecretResolution
{
    private SecretResolution()
    {
    }

    /// <param name="Settings">Every setting with its value, secrets included.</param>
    public sealed record Resolved(IReadOnlyDictionary<string, string> Settings) : SecretResolution
    {
        public override string ToString() => $"{Settings.Count} settings";
    }

    /// <param name="Problems">Sentences that name the setting, the reference and the cure.</param>
    public sealed record Unresolved(IReadOnlyList<string> Problems) : SecretResolution
    {
        public override string ToString() => string.Join(Environment.NewLine, Problems);
    }
}
