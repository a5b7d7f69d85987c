namespace StackHub.Configuration;

/// <summary>What became of a configuration file.</summary>
public abstract record ConfigurationResult
{
    private ConfigurationResult()
    {
    }

    /// <param name="Warnings">What is probably not meant, and runs all the same.</param>
    public sealed record Valid(HubModel Model, IReadOnlyList<ConfigurationProblem> Warnings) : ConfigurationResult;

    /// <param name="Problems">All of them, in the order of the file.</param>
    public sealed record Invalid(IReadOnlyList<ConfigurationProblem> Problems) : ConfigurationResult
    {
        public override string ToString() => string.Join(Environment.NewLine, Problems);
    }
}
