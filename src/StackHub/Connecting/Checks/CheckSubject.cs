using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connecting.Checks;

/// <summary>What the checks write: people of one type, each with an address and a text that may be cleared.</summary>
public sealed record CheckSubject(IConnector Connector, string ObjectType, string EmailField, string TextField, Func<long> CallsSent)
{
    private int people;

    /// <summary>Something no other run has, for the addresses.</summary>
    public string Run { get; init; } = "run";

    /// <summary>The first type of people that can be created, with the fields its own map names; null when there is none.</summary>
    public static CheckSubject? Of(IConnector connector, Func<long> callsSent)
    {
        var type = connector.Info.Objects.FirstOrDefault(type => type is { Kind: RecordKind.Person, CanCreate: true });
        var fields = connector.Info.DefaultMaps.FirstOrDefault(map => map.ObjectType == type?.ObjectType)?.Fields ?? [];
        var email = fields.FirstOrDefault(field => field.Type == FieldType.Email);
        var text = fields.FirstOrDefault(field => field is { Type: FieldType.Text, Field: "firstName" }) ?? fields.FirstOrDefault(field => field.Type == FieldType.Text);
        return type is null || email is null || text is null ? null : new(connector, type.ObjectType, email.VendorField, text.VendorField, callsSent);
    }

    public ObjectInfo Info => Connector.Info.Objects.First(type => type.ObjectType == ObjectType);

    public string NewAddress() => $"check-{Run}-{++people}@example.com";

    public RecordWrite New(string email, string text) => new(new(new Guid(++people, 0, 0, new byte[8])), ObjectType, [new(EmailField, FieldType.Email, new(email)), new(TextField, FieldType.Text, new(text))]);

    public RecordWrite Change(string id, string? text) => new(new(new Guid(++people, 0, 0, new byte[8])), ObjectType, [new(TextField, FieldType.Text, new(text))]) { Target = id };

    public async Task<WriteOutcome> WriteAsync(RecordWrite write, CancellationToken cancellationToken) => (await Connector.WriteAsync(ObjectType, [write], cancellationToken))[0];

    /// <summary>The id of a new record; a check that gets none fails with what it got instead.</summary>
    public async Task<string> CreateAsync(string text, CancellationToken cancellationToken) =>
        await WriteAsync(New(NewAddress(), text), cancellationToken) is var outcome && IdOf(outcome) is { } id ? id : throw new CheckFailedException($"A create answered {Told(outcome)}.");

    public async Task<string?> TextAsync(string id, CancellationToken cancellationToken) =>
        (await Connector.ReadAsync(ObjectType, [EmailField, TextField], [id], cancellationToken))[0] is Change.Seen seen ? seen.Record.Fields.GetValueOrDefault(TextField).Text : throw new CheckFailedException("The record cannot be read.");

    public static string? IdOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Stored stored => stored.Ref.Id,
        WriteOutcome.Existing existing => existing.Ref.Id,
        _ => null,
    };

    /// <summary>The kind of an outcome, and its code; the checks write nobody's data, so the vendor's words may be shown.</summary>
    public static string Told(WriteOutcome outcome) => outcome is WriteOutcome.Refused refused ? $"refused {refused.Code} ({refused.Message})" : outcome is WriteOutcome.Retry retry ? $"retry {retry.Code}" : outcome.GetType().Name.ToLowerInvariant();

    public override string ToString() => $"{Connector.Info.Vendor} {ObjectType}";
}

/// <summary>A promise that a connector does not keep.</summary>
public sealed class CheckFailedException(string message) : Exception(message);
