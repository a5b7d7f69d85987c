using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Intake;

namespace StackHub.Web.Intake;

/// <summary>The form as it is shown: empty, or as it was sent with what is wrong with it.</summary>
public sealed record IntakeModel(string Ticket, IReadOnlyList<KindChoice> Kinds, IReadOnlyList<PlaceChoice> Places)
{
    public string Email { get; init; } = "";

    public string? Phone { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    public FieldProblem? Of(string field) => Problems.FirstOrDefault(problem => problem.Field == field);

    /// <summary>Ids of what describes a field: what is wrong with it, then its hint.</summary>
    public string Describes(string field) => Of(field) is null ? $"{field}-hint" : $"{field}-problem {field}-hint";

    public static IntakeModel Empty(string ticket, LawBook laws) => new(ticket, [.. KindChoice.All([])], [.. PlaceChoice.All(laws, null)]);

    public static IntakeModel Of(IntakeForm form, string ticket, IReadOnlyList<FieldProblem> problems, LawBook laws) => new(ticket, [.. KindChoice.All(form.Kinds)], [.. PlaceChoice.All(laws, form.Place)])
    {
        Email = form.Email,
        Phone = form.Phone,
        Message = form.Message,
        Problems = problems,
    };

    public override string ToString() => "[intake]";
}

/// <summary>Something to ask for, in words for everybody.</summary>
public sealed record KindChoice(string Name, string Words, string Hint, bool Chosen)
{
    public static IEnumerable<KindChoice> All(IReadOnlyList<PrivacyRequestKind> chosen) => PrivacyRequestKinds.All.Select(kind => new KindChoice(PrivacyRequestKinds.Of(kind), WordsOf(kind), HintOf(kind), chosen.Contains(kind)));

    public static string WordsOf(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Access => "A copy of my data",
        PrivacyRequestKind.Erasure => "Delete my data",
        PrivacyRequestKind.Rectification => "Correct my data",
        PrivacyRequestKind.Portability => "My data in a form for machines",
        PrivacyRequestKind.Restriction => "Keep my data, but do not use it",
        PrivacyRequestKind.Objection => "No more direct marketing",
        PrivacyRequestKind.OptOutOfSale => "Do not sell or share my data",
        _ => "Limit the use of my sensitive data",
    };

    private static string HintOf(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Rectification => "Write below what is wrong and what is right.",
        _ when KindRules.OnlyStops(kind) => "Needs no confirmation.",
        _ => "",
    };
}

/// <summary>A country or state that a law is kept in.</summary>
public sealed record PlaceChoice(string Code, string Words, bool Chosen)
{
    public static IEnumerable<PlaceChoice> All(LawBook laws, string? chosen) =>
        laws.All.Where(law => !law.ByPull).SelectMany(law => law.Places).Distinct().Where(place => place != "EU")
            .Select(place => new PlaceChoice(place, WordsOf(place), place == chosen)).OrderBy(place => place.Words, StringComparer.Ordinal)
            .Append(new("EU", "Elsewhere in the European Union", chosen == "EU"));

    public static string WordsOf(string place) => PlaceNames.Of(place);
}
