using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration;

/// <summary>The canonical fields every hub has, with their types and policies; configuration changes policies and adds fields.</summary>
public static class DefaultFields
{
    /// <summary>Who owns a record: an owner's name in the configuration, else the vendor's own id.</summary>
    public const string Owner = "owner";

    private static readonly FieldPolicy Recent = new(PolicyKind.MostRecent, [], BlankNeverWins: false);
    private static readonly FieldPolicy RecentFilled = new(PolicyKind.MostRecent, [], BlankNeverWins: true);
    private static readonly FieldPolicy FirstFilled = new(PolicyKind.First, [], BlankNeverWins: true);
    private static readonly FieldPolicy Greatest = new(PolicyKind.Max, [], BlankNeverWins: false);

    /// <summary>A cleared opt-out is no consent: only a plain "false" takes it back.</summary>
    private static readonly FieldPolicy Restrictive = new(PolicyKind.MostRestrictive, [], BlankNeverWins: true);

    public static readonly FrozenDictionary<RecordKind, ImmutableArray<FieldDefinition>> All = new Dictionary<RecordKind, ImmutableArray<FieldDefinition>>
    {
        [RecordKind.Account] =
        [
            Field("name", FieldType.Text, RecentFilled),
            Field("domain", FieldType.Text, RecentFilled),
            Field("phone", FieldType.Phone),
            Field("industry", FieldType.Choice),
            Field("employees", FieldType.Number),
            Field("annualRevenue", FieldType.Number),
            .. Address(),
            Field(Owner, FieldType.Choice),
            Field("description", FieldType.Text),
        ],
        [RecordKind.Person] =
        [
            Field("email", FieldType.Email, RecentFilled),
            Field("firstName", FieldType.Text, RecentFilled),
            Field("lastName", FieldType.Text, RecentFilled),
            Field("phone", FieldType.Phone),
            Field("mobilePhone", FieldType.Phone),
            Field("title", FieldType.Text),
            Field("company", FieldType.Text),
            Field("account", FieldType.Reference),
            .. Address(),
            Field("website", FieldType.Text),
            Field("industry", FieldType.Text),
            Field("leadSource", FieldType.Choice, FirstFilled),
            Field("lifecycleStage", FieldType.Choice),
            Field("leadScore", FieldType.Number, Greatest),
            Field(Owner, FieldType.Choice),
            Field("emailOptOut", FieldType.Boolean, Restrictive),
            Field("doNotCall", FieldType.Boolean, Restrictive),
            Field("description", FieldType.Text),
        ],
        [RecordKind.Opportunity] =
        [
            Field("name", FieldType.Text, RecentFilled),
            Field("amount", FieldType.Number),
            Field("closeDate", FieldType.Date),
            Field("stage", FieldType.Choice),
            Field("account", FieldType.Reference),
            Field("contacts", FieldType.References),
            Field(Owner, FieldType.Choice),
            Field("description", FieldType.Text),
        ],
    }.ToFrozenDictionary();

    /// <summary>The kind of record a built-in reference field points to; null for other fields.</summary>
    public static RecordKind? TargetOf(string field) => field switch
    {
        "account" => RecordKind.Account,
        "contacts" => RecordKind.Person,
        _ => null,
    };

    private static FieldDefinition Field(string name, FieldType type, FieldPolicy? policy = null) => new(name, type) { Policy = policy ?? Recent };

    private static FieldDefinition[] Address() =>
    [
        Field("street", FieldType.Text),
        Field("city", FieldType.Text),
        Field("state", FieldType.Text),
        Field("postalCode", FieldType.Text),
        Field("country", FieldType.Text),
    ];
}
