namespace StackHub.Mapping;

/// <summary>How a value is read and written; the canonical text of each is named beside it.</summary>
public enum FieldType
{
    /// <summary>Trimmed text.</summary>
    Text,

    /// <summary>An address, trimmed and lower-cased.</summary>
    Email,

    /// <summary>E.164 ("+14155550100") where the number is valid, else the trimmed text.</summary>
    Phone,

    /// <summary>An invariant decimal without trailing zeros: "12.5".</summary>
    Number,

    /// <summary>"true" or "false".</summary>
    Boolean,

    /// <summary>"2026-11-22".</summary>
    Date,

    /// <summary>"2026-11-22T10:15:30.000Z".</summary>
    Instant,

    /// <summary>One of a list of options, by the canonical option's name.</summary>
    Choice,

    /// <summary>Several options, ordinal order, joined by ';'.</summary>
    Set,

    /// <summary>Another record: canonical by its hub id, in a system by its id there.</summary>
    Reference,

    /// <summary>Several other records, each "id" or "id:role", ordinal order, joined by ';'.</summary>
    References,
}
