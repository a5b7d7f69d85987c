using StackHub.Cli.Demo;

namespace StackHub.Cli.Output;

/// <summary>For work that nobody needs to watch.</summary>
internal sealed class NoProgress : IDemoScreen
{
    public static readonly NoProgress Instance = new();

    private NoProgress()
    {
    }

    public void Say(string line)
    {
    }

    public void Progress(string phase, string system, long done, long? total)
    {
    }

    public void PhaseDone()
    {
    }
}
