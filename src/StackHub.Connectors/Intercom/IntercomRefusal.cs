using System.Text.RegularExpressions;
using StackHub.Connecting;

namespace StackHub.Connectors.Intercom;

/// <summary>What Intercom's errors mean; pure.</summary>
internal static partial class IntercomRefusal
{
    /// <summary>Refused for good, in the vendor's words, with the field they are about where they name one that was written.</summary>
    public static WriteOutcome.Refused Of(IntercomReply reply, IEnumerable<FieldWrite> fields) =>
        new(reply.Error?.Code ?? $"http_{(int)reply.Status}", reply.Error?.Message ?? "", FieldOf(reply.Error, fields));

    /// <summary>"A contact matching those details already exists with id=5f2a...": https://github.com/intercom/Intercom-OpenAPI/pull/543.</summary>
    public static string? ExistingId(IntercomError? error) =>
        error?.Message is { } message && IdInMessage().Match(message) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The match was archived by a person: it cannot be written, and creating beside it would undo their decision.</summary>
    public static bool IsArchived(IntercomError? error) =>
        error?.Message?.Contains("archived", StringComparison.OrdinalIgnoreCase) ?? false;

    private static string? FieldOf(IntercomError? error, IEnumerable<FieldWrite> fields)
    {
        if (error is null)
            return null;
        string[] names = [.. fields.Select(f => f.VendorField)];
        return names.FirstOrDefault(n => n == error.Field || Bare(n) == error.Field)
            // "Custom attribute 'x' does not exist": the attribute is named in quotes, and the error has no field.
            ?? names.FirstOrDefault(n => Quoted(error.Message, Bare(n)));
    }

    private static bool Quoted(string? message, string name) =>
        message is not null && (message.Contains($"'{name}'", StringComparison.Ordinal) || message.Contains($"\"{name}\"", StringComparison.Ordinal));

    private static string Bare(string field) => IntercomFields.IsCustom(field) ? IntercomFields.AttributeOf(field) : field;

    [GeneratedRegex(@"\bid=([0-9A-Za-z_-]+)")]
    private static partial Regex IdInMessage();
}
