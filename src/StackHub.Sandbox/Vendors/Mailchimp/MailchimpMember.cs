using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Mailchimp;

/// <summary>A member of the audience.</summary>
internal sealed class MailchimpMember(long number, DateTimeOffset made)
{
    public long Number => number;

    public required string Email { get; set; }

    public string Status { get; set; } = "transactional";

    public Dictionary<string, string> MergeFields { get; } = new() { ["FNAME"] = "", ["LNAME"] = "", ["PHONE"] = "" };

    public DateTimeOffset Made { get; } = made;

    public DateTimeOffset Changed { get; set; } = made;

    /// <summary>When it will be deleted for good; null for never.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    public string Id => IdOf(Email);

    public static string IdOf(string email) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));

    public JsonObject Json(string list)
    {
        var fields = new JsonObject();
        foreach (var (tag, value) in MergeFields)
            fields[tag] = value;
        return new()
        {
            ["id"] = Id,
            ["email_address"] = Email,
            ["contact_id"] = $"c{number:x31}",
            ["status"] = Status,
            ["merge_fields"] = fields,
            ["timestamp_opt"] = Time(Made),
            ["last_changed"] = Time(Changed),
            ["list_id"] = list,
        };
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'");
}
