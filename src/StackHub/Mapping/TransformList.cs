using System.Collections.Frozen;
using StackHub.Mapping.Transforms;

namespace StackHub.Mapping;

/// <summary>Every transform a field map may name.</summary>
public static class TransformList
{
    public static readonly FrozenDictionary<string, ITransform> All = new ITransform[]
    {
        new CollapseSpaces(),
        new Digits(),
        new Domain(),
        new InstantToDate(),
        new Lower(),
        new Upper(),
    }.ToFrozenDictionary(transform => transform.Name, StringComparer.Ordinal);
}
