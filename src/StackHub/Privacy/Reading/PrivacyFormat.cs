using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Configuration.Format;
using StackHub.Permissions;

namespace StackHub.Privacy.Reading;

/// <summary>The keys under "privacy".</summary>
internal static partial class PrivacyFormat
{
    public static readonly Key<PurposeUse?> Use = new("use", new Word<PurposeUse>(UseName), "What the purpose is before the law: an objection ends direct-marketing, a browser's opt-out signal ends sale.") { Required = true };

    public static readonly Key<PurposeRule?> Rule = new("rule", new Word<PurposeRule>(RuleName), "opt-out: until the person refuses; opt-in: only once the person has consented.") { Default = "opt-out" };

    public static readonly Key<string> Channel = new("channel", new TextValue("A channel such as email, phone, sms or post", ChannelForm()), "How people are reached for it.");

    public static readonly Key<string> Flag = new("flag", new TextValue("A field of people", FieldForm()), "The yes-or-no field of people that says it is refused, such as emailOptOut.");

    public static readonly Key<ImmutableArray<Named<ImmutableArray<Located>?>>?> Fields = new("fields", new TableOf<ImmutableArray<Located>?>("A block of systems", new Names("A list of fields, or all,"), Forms.System), "By system, the fields it is given for this purpose only; all for everything that is said there of a person.");

    public static readonly SectionOf PurposeShape = new("A purpose", [Use, Rule, Channel, Flag, Fields]);

    public static readonly Key<ImmutableArray<Named<Section>>?> Purposes = new("purposes", new TableOf<Section>("A block of purposes", PurposeShape, Forms.System), "What personal data is used for.");

    public static readonly Key<int?> AskAgainAfterMonths = new("askAgainAfterMonths", new WholeNumber(12, 120), "Nobody who opted out is asked to opt in again before.") { Default = "12" };

    public static readonly Key<Section> Consent = new("consent", new SectionOf("A block of consent settings", [AskAgainAfterMonths]), "How consent is asked for and kept.");

    public static readonly SectionOf Shape = new("A block of purposes, consent, intake, notify and opendsr", [Purposes, Consent, SurfaceFormat.Intake, SurfaceFormat.Notify, SurfaceFormat.OpenDsr]);

    public static string UseName(PurposeUse use) => use == PurposeUse.DirectMarketing ? "direct-marketing" : use.ToString().ToLowerInvariant();

    public static string RuleName(PurposeRule rule) => rule == PurposeRule.OptIn ? "opt-in" : "opt-out";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,19}$", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelForm();

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldForm();
}
