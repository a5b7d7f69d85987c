using System.Text.Json;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>Contact searches, with Intercom's rule that times count by whole days.</summary>
internal sealed class IntercomSearch(IntercomState state, IntercomErrors errors, IntercomOptions options)
{
    private static readonly string[] Operators = ["=", "!=", "IN", "NIN", "<", "<=", ">", ">=", "~", "!~", "^", "$"];
    private const long Day = 86_400;

    public IEnumerable<IntercomContact> Matching(JsonElement query, DateTimeOffset now)
    {
        var test = Test(query, depth: 0);
        return Candidates(query).Concat(state.Lag.Late(now)).Distinct().Select(state.Lag.Seen)
            .Where(contact => contact is { Archived: false } && state.Contacts.ContainsKey(contact.Id) && test(contact))
            .Select(contact => contact!);
    }

    private Func<IntercomContact, bool> Test(JsonElement query, int depth)
    {
        var name = query.Text("operator") ?? throw errors.Missing("operator not specified");
        if (name is "AND" or "OR")
        {
            var parts = query.Items("value").ToList();
            if (depth > 2 || parts.Count is 0 or > 15)
                throw errors.Invalid("A query may hold 15 filters in each group and be nested twice");
            var tests = parts.Select(part => Test(part, depth + 1)).ToArray();
            return name == "AND" ? contact => Array.TrueForAll(tests, test => test(contact)) : contact => Array.Exists(tests, test => test(contact));
        }

        var field = query.Text("field") ?? throw errors.Missing("field not specified");
        if (!Operators.Contains(name))
            throw errors.Invalid($"{name} is not a valid operator");
        return Test(field, name, query.Member("value") ?? throw errors.Missing("value not specified"));
    }

    private Func<IntercomContact, bool> Test(string field, string name, JsonElement value)
    {
        var kind = Kind(field);
        var read = Reader(field);
        if (kind == "date")
            return Date(read, name, value, field);
        if (name is "IN" or "NIN")
        {
            var values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(one => one.AsText()).ToList() : throw errors.Invalid($"value must be an array for {name}", field);
            return contact => values.Exists(one => Same(read(contact), one)) == (name == "IN");
        }

        if (kind is "string" != name is "~" or "!~" or "^" or "$" && name is not ("=" or "!="))
            throw errors.Invalid($"operator {name} is not supported for field {field}", field);
        var wanted = value.AsText();
        return name switch
        {
            "=" => contact => Same(read(contact), wanted),
            "!=" => contact => !Same(read(contact), wanted),
            "~" => contact => Has(read(contact), wanted),
            "!~" => contact => !Has(read(contact), wanted),
            "^" => contact => (read(contact) as string)?.StartsWith(wanted ?? "", StringComparison.OrdinalIgnoreCase) == true,
            "$" => contact => (read(contact) as string)?.EndsWith(wanted ?? "", StringComparison.OrdinalIgnoreCase) == true,
            _ => Number(read, name, value, field),
        };
    }

    private Func<IntercomContact, bool> Number(Func<IntercomContact, object?> read, string name, JsonElement value, string field)
    {
        var wanted = double.TryParse(value.AsText(), out var number) ? number : throw errors.Invalid($"{value.AsText()} is not a number", field);
        double Of(IntercomContact contact) => read(contact) is { } own ? Convert.ToDouble(own) : double.NaN;
        return name switch
        {
            "<" => contact => Of(contact) < wanted,
            "<=" => contact => Of(contact) <= wanted,
            ">" => contact => Of(contact) > wanted,
            _ => contact => Of(contact) >= wanted,
        };
    }

    /// <summary>Cut to the day: = is the whole day, more-than starts with the next day, less-than ends before the day.</summary>
    private Func<IntercomContact, bool> Date(Func<IntercomContact, object?> read, string name, JsonElement value, string field)
    {
        if (name is not ("=" or "<" or ">"))
            throw errors.Invalid($"operator {name} is not supported for date field {field}", field);
        var wanted = long.TryParse(value.AsText(), out var seconds) ? seconds : throw errors.Invalid($"{value.AsText()} is not a time", field);
        long? Of(IntercomContact contact) => read(contact) is long own ? own : null;
        if (!options.SearchByDay)
            return name switch
            {
                "=" => contact => Of(contact) == wanted,
                "<" => contact => Of(contact) < wanted,
                _ => contact => Of(contact) > wanted,
            };
        var start = wanted - (wanted % Day);
        return name switch
        {
            "=" => contact => Of(contact) is { } own && own >= start && own < start + Day,
            "<" => contact => Of(contact) < start,
            _ => contact => Of(contact) >= start + Day,
        };
    }

    private IEnumerable<IntercomContact> Candidates(JsonElement query)
    {
        var parts = query.Text("operator") switch
        {
            "AND" => query.Items("value").Where(part => part.Text("operator") is not ("AND" or "OR")),
            "OR" => [],
            _ => [query],
        };
        var (from, to) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var part in parts)
        {
            var text = part.Member("value")?.AsText();
            switch (part.Text("field"), part.Text("operator"))
            {
                case ("email", "=") when text is not null:
                    return state.WithEmail(text).ToList();
                case ("external_id", "=") when text is not null:
                    return state.WithExternalId(text) is { } contact ? [contact] : [];
                case ("id", "=") when text is not null:
                    return state.Contacts.GetValueOrDefault(text) is { } own ? [own] : [];
                case ("updated_at", ">") when long.TryParse(text, out var after):
                    from = DateTimeOffset.FromUnixTimeSeconds(after);
                    break;
                case ("updated_at", "<") when long.TryParse(text, out var before):
                    to = DateTimeOffset.FromUnixTimeSeconds(before);
                    break;
                default:
                    break;
            }
        }

        return from > DateTimeOffset.MinValue || to < DateTimeOffset.MaxValue ? state.Modified.Between(from, to) : state.Contacts.Values;
    }

    private string Kind(string field) => field switch
    {
        "created_at" or "updated_at" or "signed_up_at" or "last_seen_at" or "last_contacted_at" or "last_replied_at" or "last_email_opened_at" or "last_email_clicked_at" => "date",
        "owner_id" => "integer",
        "unsubscribed_from_emails" or "marked_email_as_spam" or "has_hard_bounced" => "boolean",
        "id" or "role" or "name" or "avatar" or "email" or "email_domain" or "phone" or "external_id" or "os" or "browser" or "browser_language" or "language_override" => "string",
        _ when field.StartsWith("location.", StringComparison.Ordinal) => "string",
        _ when field.StartsWith("custom_attributes.", StringComparison.Ordinal) && state.Custom("contact", field[18..]) is { } attribute => attribute.DataType,
        _ => throw errors.Invalid($"{field} is not a valid search field", field),
    };

    private static Func<IntercomContact, object?> Reader(string field) => field switch
    {
        "id" => contact => contact.Id,
        "role" => contact => contact.Role,
        "name" => contact => contact.Name,
        "email" => contact => contact.Email,
        "email_domain" => contact => contact.Email?.Split('@')[^1],
        "phone" => contact => contact.Phone,
        "external_id" => contact => contact.ExternalId,
        "owner_id" => contact => contact.OwnerId,
        "created_at" => contact => contact.CreatedAt.ToUnixTimeSeconds(),
        "updated_at" => contact => contact.UpdatedAt.ToUnixTimeSeconds(),
        "signed_up_at" => contact => contact.SignedUpAt,
        "last_seen_at" => contact => contact.LastSeenAt,
        "unsubscribed_from_emails" => contact => contact.Unsubscribed,
        _ when field.StartsWith("custom_attributes.", StringComparison.Ordinal) => contact => contact.Custom.GetValueOrDefault(field[18..]),
        _ => _ => null,
    };

    private static bool Same(object? own, string? wanted) => own switch
    {
        null => wanted is null,
        bool flag => (flag ? "true" : "false") == wanted,
        _ => own.ToString()!.Equals(wanted, StringComparison.OrdinalIgnoreCase),
    };

    private static bool Has(object? own, string? wanted) => own is string text && text.Contains(wanted ?? "", StringComparison.OrdinalIgnoreCase);
}
