using YamlDotNet.Core;

namespace StackHub.Configuration.Yaml;

/// <summary>A position in a file; both count from 1.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public static readonly Place Start = new(1, 1);

    public static Place Of(Mark mark) => new((int)Math.Clamp(mark.Line, 1, int.MaxValue), (int)Math.Clamp(mark.Column, 1, int.MaxValue));
}
