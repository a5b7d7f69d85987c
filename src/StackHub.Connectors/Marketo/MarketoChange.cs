namespace StackHub.Connectors.Marketo;

/// <summary>What the log tells of one lead in a window: when it changed last, and each field's last value.</summary>
internal sealed class MarketoChange
{
    public DateTimeOffset At { get; private set; }

    public Dictionary<string, (DateTimeOffset At, string? Text)> Fields { get; } = new(StringComparer.Ordinal);

    public void Add(DateTimeOffset at, IEnumerable<MarketoItem> fields)
    {
        At = at > At ? at : At;
        foreach (var field in fields)
        {
            if (field.Text("name") is { } name && (!Fields.TryGetValue(name, out var known) || known.At <= at))
                Fields[name] = (at, field.Text("newValue"));
        }
    }
}
