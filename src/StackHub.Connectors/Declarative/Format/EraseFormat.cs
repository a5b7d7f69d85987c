using System.Collections.Immutable;
using StackHub.Configuration.Format;

namespace StackHub.Connectors.Declarative.Format;

/// <param name="Ticket">Where the answer has the id of the vendor's own request; null when there is none.</param>
internal sealed record EraseStep(RequestSpec Request, string? Ticket);

/// <param name="Status">Where the answer tells how far it is; null when absence confirms.</param>
internal sealed record ConfirmSpec(RequestSpec Request, string? Status, ImmutableArray<string> Done, ImmutableArray<string> Failed);

/// <summary>An erasure: the steps for each record found, and how the vendor confirms them.</summary>
internal sealed record EraseSpec(ImmutableArray<EraseStep> Steps, ConfirmSpec? Confirm, TimeSpan Wait)
{
    public TimeSpan? GoneWithin { get; init; }

    public string? Source { get; init; }

    public string? TakesAlong { get; init; }

    public string? Stays { get; init; }
}

/// <summary>A switch that is a call of its own.</summary>
internal sealed record ConsentSpec(string Field, RequestSpec OptOut, RequestSpec? OptIn);

/// <summary>The keys of an erasure.</summary>
internal static class EraseFormat
{
    private static readonly Key<string> Ticket = new("ticket", new TextValue("A place in the answer"), "Where the answer has the id of the vendor's request; it is {{ ticket }} in confirm.");
    private static readonly Meaning<EraseStep> StepShape = new(new SectionOf("A step", [.. RequestFormat.Keys, Ticket]), section => new(RequestFormat.Read(section), section.Get(Ticket)));
    private static readonly Key<ImmutableArray<EraseStep>?> Steps = new("steps", new ListOf<EraseStep>("A list of steps", StepShape), "Calls for each record found, in order; {{ id }} is the record's and {{ email }} the person's.") { Required = true };
    private static readonly Key<string> Status = new("status", new TextValue("A place in the answer"), "Where the vendor says how far it is; without it, 404 or 410 confirms.");
    private static readonly Key<ImmutableArray<Located>?> Done = new("done", new Configuration.Format.Names("One or more states"), "States that mean that it is erased.");
    private static readonly Key<ImmutableArray<Located>?> Failed = new("failed", new Configuration.Format.Names("One or more states"), "States that mean that it was not.");
    private static readonly Meaning<ConfirmSpec> ConfirmShape = new(new SectionOf("A call that confirms", [.. RequestFormat.Keys, Status, Done, Failed]), ReadConfirm);
    private static readonly Key<ConfirmSpec> Confirm = new("confirm", ConfirmShape, "The call that tells whether it is done; without it the last step's success does.");
    private static readonly Key<TimeSpan?> Wait = new("wait", new Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(45)), "How long to wait before asking whether it is done.") { Default = "10s" };

    private static readonly Key<TimeSpan?> GoneWithin = new("goneWithin", new Duration(TimeSpan.Zero, TimeSpan.FromDays(180)), "The longest until the vendor itself is rid of it, where it names a time.");
    private static readonly Key<string> Source = new("source", new TextValue("A sentence"), "Where the vendor says so, in a sentence; officers read it.");
    private static readonly Key<string> TakesAlong = new("takesAlong", new TextValue("A few words"), "What else goes with the record.");
    private static readonly Key<string> Stays = new("stays", new TextValue("A few words"), "What of the person stays there all the same.");

    public static readonly Meaning<EraseSpec> Shape = new(new SectionOf("A block of steps and confirm", [Steps, Confirm, Wait, GoneWithin, Source, TakesAlong, Stays]), Read);

    private static EraseSpec Read(Section section)
    {
        if (section.Has(GoneWithin) && !section.Has(Source))
            section.Problem(GoneWithin, "It does not say where the vendor says so.", "Add source: with a sentence and its address.");
        return new(section.Get(Steps) ?? [], section.Get(Confirm), section.Get(Wait) ?? TimeSpan.FromSeconds(10))
        {
            GoneWithin = section.Get(GoneWithin),
            Source = section.Get(Source),
            TakesAlong = section.Get(TakesAlong),
            Stays = section.Get(Stays),
        };
    }

    private static ConfirmSpec ReadConfirm(Section section)
    {
        var confirm = new ConfirmSpec(RequestFormat.Read(section), section.Get(Status), JobFormat.Texts(section.Get(Done)), JobFormat.Texts(section.Get(Failed)));
        if (confirm is { Status: not null, Done: [] })
            section.Problem(Status, "No state means that it is erased.", "Add done: with the states that do.");
        return confirm;
    }
}

/// <summary>The keys of consent.</summary>
internal static class ConsentFormat
{
    private static readonly Key<string> Field = new("field", new TextValue("A field's name"), "The field that is true for who opted out.") { Required = true };
    private static readonly Key<RequestSpec> OptOut = new("optOut", RequestFormat.Shape, "The call that opts a person out.") { Required = true };
    private static readonly Key<RequestSpec> OptIn = new("optIn", RequestFormat.Shape, "The call that takes an opt-out back; without it that is refused.");

    public static readonly Meaning<ConsentSpec> Shape = new(new SectionOf("A block of field, optOut and optIn", [Field, OptOut, OptIn]), section =>
        new(section.Get(Field) ?? "", section.Get(OptOut) ?? RequestSpec.Nothing, section.Get(OptIn)));
}
