using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>One record on its way to Klaviyo.</summary>
/// <param name="Index">Its place in the caller's list.</param>
internal sealed record KlaviyoPending(int Index, RecordWrite Write)
{
    public string HubId => Write.HubId.ToString();

    public string? Email => Text(KlaviyoFields.Email);

    public string? Phone => Text(KlaviyoFields.Phone);

    public bool IsCreate => Write.Target is null;

    /// <summary>It says who the person is; Klaviyo may find that somebody else is.</summary>
    public bool ChangesIdentifiers => Write.Fields.Any(sent => sent.VendorField is KlaviyoFields.Email or KlaviyoFields.Phone);

    /// <summary>
    /// Never by an import, which asks nobody: whoever gets the same phone between our question and the job would be taken over, name,
    /// address and all.
    /// </summary>
    public bool GoesAlone => IsCreate ? Phone is not null : ChangesIdentifiers;

    public JsonObject Resource { get; } = KlaviyoMapping.ToResource(Write);

    public JsonObject Body => new() { ["data"] = Resource.DeepClone() };

    public override string ToString() => Write.ToString();

    /// <summary>Everything but what is only about consent.</summary>
    public static List<KlaviyoPending> Of(IReadOnlyList<RecordWrite> writes) =>
        [.. writes.Select((write, index) => new KlaviyoPending(index, write)).Where(pending => pending.IsCreate || pending.Write.Fields.Any(field => KlaviyoFields.IsAttribute(field.VendorField)))];

    private string? Text(string name) => Write.Fields.FirstOrDefault(field => field.VendorField == name).Value.Text;
}
