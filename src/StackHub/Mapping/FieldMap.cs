using System.Collections.Immutable;
using StackHub.Records;

namespace StackHub.Mapping;

[Flags]
public enum MapDirection
{
    In = 1,
    Out = 2,
    Both = In | Out,
}

/// <summary>One canonical field beside one vendor field.</summary>
public sealed record FieldMap(string Field, string VendorField)
{
    public MapDirection Direction { get; init; } = MapDirection.Both;

    /// <summary>The vendor field's type: how a value is put on the wire there.</summary>
    public FieldType Type { get; init; } = FieldType.Text;

    /// <summary>Names of transforms applied, in order, to what comes in (see <c>Transforms</c>), after the type's own normal form.</summary>
    public ImmutableArray<string> Inbound { get; init; } = [];

    /// <summary>Names of transforms applied, in order, to what goes out.</summary>
    public ImmutableArray<string> Outbound { get; init; } = [];

    /// <summary>For choices: canonical option to vendor option. A value that is in neither column passes unchanged.</summary>
    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Only what <see cref="Options"/> name is written: the vendor's option is an id of its own, and any other text would name nobody there.</summary>
    public bool KnownOptionsOnly { get; init; }

    /// <summary>Vendor options that mean a canonical one besides those of <see cref="Options"/>, and before them.</summary>
    public ImmutableDictionary<string, string> Aliases { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>A vendor option that nobody mapped is never overwritten.</summary>
    public bool KeepsUnmapped { get; init; }

    /// <summary>Written when the vendor requires the field and nothing is known; never read back as data.</summary>
    public string? Placeholder { get; init; }

    /// <summary>The vendor stores at most this many characters; longer values are cut on the way out.</summary>
    public int? MaxLength { get; init; }

    /// <summary>For references: the kind of record they point to.</summary>
    public RecordKind? To { get; init; }
}

/// <summary>All maps of one vendor object type. <paramref name="ObjectType"/> is the vendor's name ("Contact", "contacts").</summary>
public sealed record ObjectMap(string ObjectType, RecordKind Kind, ImmutableArray<FieldMap> Fields);
