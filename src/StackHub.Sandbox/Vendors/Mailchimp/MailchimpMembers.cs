using System.Globalization;
using System.Text.Json;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Mailchimp;

/// <summary>The audience and its rules, the same for the API and for a person in Mailchimp's own pages.</summary>
internal sealed class MailchimpMembers(MailchimpSandbox sandbox)
{
    private readonly Dictionary<string, MailchimpMember> byId = [];
    private readonly HashSet<string> forgotten = [];
    private readonly Sequence numbers = new();

    private DateTimeOffset Now => sandbox.Clock.Now;

    public IEnumerable<MailchimpMember> All
    {
        get
        {
            foreach (var ended in byId.Values.Where(member => member.EndsAt <= Now).ToList())
                byId.Remove(ended.Id);
            return byId.Values;
        }
    }

    public IEnumerable<MailchimpMember> Live => All.Where(member => member.Status != "archived");

    /// <summary>By the hash or by the address.</summary>
    public MailchimpMember? Find(string id) => All.FirstOrDefault(member => member.Id == id || string.Equals(member.Email, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The error of a batch's record as (text, code, field), or the member.</summary>
    public (MailchimpMember? Member, (string Text, string Code, string Field)? Error) Create(JsonElement given)
    {
        var email = given.Text("email_address") ?? "";
        if (!IsAddress(email))
            return (null, ("Please provide a valid email address.", "ERROR_GENERIC", "email_address"));
        if (forgotten.Contains(MailchimpMember.IdOf(email)))
            return (null, ("The contact was permanently deleted and cannot be re-imported.", "ERROR_GENERIC", "email_address"));
        if (Find(email) is not null)
            return (null, ($"{email} is already a list member. Use PUT to insert or update list members.", "ERROR_CONTACT_EXISTS", ""));
        var member = new MailchimpMember(numbers.Next(), Now) { Email = email };
        if (Problem(given) is { } problem)
            return (null, problem);
        Take(member, given);
        byId[member.Id] = member;
        return (member, null);
    }

    public (string Text, string Code, string Field)? Update(MailchimpMember member, JsonElement given)
    {
        if (given.Text("email_address") is { } email && !IsAddress(email))
            return ("Please provide a valid email address.", "ERROR_GENERIC", "email_address");
        if (Problem(given) is { } problem)
            return problem;
        byId.Remove(member.Id);
        member.Email = given.Text("email_address") ?? member.Email;
        Take(member, given);
        member.Changed = Now;
        byId[member.Id] = member;
        return null;
    }

    public void Archive(MailchimpMember member) => (member.Status, member.Changed) = ("archived", Now);

    /// <summary>The address can never be imported again.</summary>
    public void Forget(MailchimpMember member)
    {
        member.EndsAt = Now + sandbox.Options.DeletionTime;
        forgotten.Add(member.Id);
    }

    public IEnumerable<MailchimpMember> Listed(Call call)
    {
        var (since, before) = (Time(call.Query("since_last_changed")), Time(call.Query("before_last_changed")));
        var members = Live.Where(member => !(member.Changed < since) && !(member.Changed > before));
        return call.Query("sort_field") == "last_changed" ? members.OrderBy(member => member.Changed.ToUnixTimeSeconds()).ThenByDescending(member => member.Id, StringComparer.Ordinal) : members.OrderBy(member => member.Number);
    }

    private (string Text, string Code, string Field)? Problem(JsonElement given)
    {
        foreach (var field in given.Member("merge_fields") is { ValueKind: JsonValueKind.Object } fields ? fields.EnumerateObject() : default)
            if (field.Value.AsText()?.Length > sandbox.Options.LongestText)
                return ($"Your merge fields were invalid: {field.Name} is too long.", "ERROR_GENERIC", field.Name);
        return null;
    }

    private static void Take(MailchimpMember member, JsonElement given)
    {
        member.Status = given.Text("status") ?? member.Status;
        foreach (var field in given.Member("merge_fields") is { ValueKind: JsonValueKind.Object } fields ? fields.EnumerateObject() : default)
            member.MergeFields[field.Name] = field.Value.AsText() ?? "";
    }

    private static bool IsAddress(string email) => email.Split('@') is [{ Length: > 0 }, { Length: > 0 } host] && host.Contains('.', StringComparison.Ordinal) && !email.Contains(' ', StringComparison.Ordinal);

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
