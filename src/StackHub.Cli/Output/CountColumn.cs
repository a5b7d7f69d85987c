using Spectre.Console;
using Spectre.Console.Rendering;

namespace StackHub.Cli.Output;

/// <summary>How many of how many.</summary>
internal sealed class CountColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.IsIndeterminate ? $"{task.Value:N0}" : $"{task.Value:N0}/{task.MaxValue:N0}").RightJustified();
}
