using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>What a person would call a record: it is personal data.</summary>
public static class RecordTitle
{
    public static string Of(RecordView view) => Of(view.Id, view.Kind, field => view.Values.GetValueOrDefault(field));

    public static string Of(RecordId id, RecordKind kind, Func<string, string?> value)
    {
        var title = kind == RecordKind.Person
            ? $"{value("firstName")} {value("lastName")}".Trim()
            : value("name");
        return First(title, value("email"), value("domain")) ?? $"{kind} {id.ToString()[^8..]}";
    }

    private static string? First(params string?[] candidates) => candidates.FirstOrDefault(text => !string.IsNullOrEmpty(text));
}

/// <summary>A record as others name it.</summary>
public sealed record RecordName(RecordId Id, RecordKind Kind, string Title)
{
    /// <summary>What tells it from another of the same name: its address or domain.</summary>
    public string? Hint { get; init; }

    public override string ToString() => $"name of {Id}";
}
