using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Routing.Signals;
using StackHub.Rules;

namespace StackHub.Routing.Reading;

/// <summary>The keys of whoever is told.</summary>
internal static partial class SignalFormat
{
    private static readonly Key<Uri> Url = new("url", new WebAddress(), "Where it is told, signed as Standard Webhooks says.") { Required = true };
    private static readonly Key<string> Secret = new("secret", new TextValue("env:NAME or keyvault:NAME", Reference()), "The key it is signed with.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Fields = new("fields", new Names("A list of fields"), "What of the person, and of the account as account.name, goes along with a routed lead; nothing unless told.");

    public static readonly SectionOf Shape = new("A block of url and secret", [Url, Secret, Fields]);

    /// <summary>Null when something is wrong, which is reported.</summary>
    public static SignalTarget? Read(Section section, RuleFields known)
    {
        var fields = section.Get(Fields) ?? [];
        foreach (var field in fields.Where(field => known.Find(field.Text) is null))
            section.Problems.Add(field.Place, section.PathOf(Fields), $"There is no field {Shown.Of(field.Text)} of people or their account.", Suggestion.OneOf(field.Text, known.All.Select(one => one.Name)));
        return section.Get(Url) is { } url && section.Get(Secret) is { } secret ? new(url, secret, [.. fields.Select(field => field.Text)]) : null;
    }

    [GeneratedRegex("^(env|keyvault):[A-Za-z0-9_-]{1,255}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
