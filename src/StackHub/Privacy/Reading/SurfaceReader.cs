using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Permissions;
using StackHub.Privacy.Clocks;

namespace StackHub.Privacy.Reading;

/// <summary>Reads how requests come in and what is told outside.</summary>
internal static class SurfaceReader
{
    public static IntakeSettings Intake(Section? intake) => intake is null ? new() : new()
    {
        Open = intake.Get(SurfaceFormat.Open) ?? true,
        Name = intake.Get(SurfaceFormat.Name),
        Contact = intake.Get(SurfaceFormat.Contact),
        Otherwise = Otherwise(intake),
        CodesByHand = intake.Get(SurfaceFormat.CodesByHand),
    };

    public static NotifySettings? Notify(Section? notify) =>
        notify?.Get(SurfaceFormat.Url) is { } url && notify.Get(SurfaceFormat.Secret) is { } secret ? new(url, secret) : null;

    public static OpenDsrSettings? OpenDsr(Section? openDsr)
    {
        if (openDsr?.Get(SurfaceFormat.Domain) is not { } domain)
            return null;
        var usual = new OpenDsrSettings(domain);
        return usual with
        {
            ApiVersion = openDsr.Get(SurfaceFormat.ApiVersion) ?? usual.ApiVersion,
            HeaderPrefix = openDsr.Get(SurfaceFormat.Headers) ?? usual.HeaderPrefix,
            Certificate = openDsr.Get(SurfaceFormat.Certificate),
            GdprPlace = GdprPlace(openDsr) ?? usual.GdprPlace,
        };
    }

    /// <summary>Codes that go nowhere would let nobody confirm anything.</summary>
    public static void Check(Section privacy, PrivacySettings settings)
    {
        if (settings is { CodesByHand: false, Notify: null } && privacy.Get(SurfaceFormat.Intake) is { } intake)
            intake.Problem(SurfaceFormat.CodesByHand, "Codes would reach nobody: officers may not bring them, and no 'notify' is configured that sends them.", "Write privacy.notify, or leave codesByHand out.");
    }

    private static string? Otherwise(Section intake)
    {
        if (intake.Get(SurfaceFormat.Otherwise) is not { } text)
            return null;
        var under = LawPlace.Parse(text);
        if (LawBook.Default.Find(under.Law) is null || LawBook.Default.Holidays.Find(under.Place) is null)
            intake.Problem(SurfaceFormat.Otherwise, $"There is no law and place {Shown.Of(text)}.", $"Write one such as eu-gdpr/EU; the laws are {string.Join(", ", LawBook.Default.All.Select(law => law.Id))}.");
        return text;
    }

    private static string? GdprPlace(Section openDsr)
    {
        var place = openDsr.Get(SurfaceFormat.GdprPlace);
        if (place is not null && !LawBook.Default["eu-gdpr"].Places.Contains(place))
            openDsr.Problem(SurfaceFormat.GdprPlace, $"The GDPR is not kept in {Shown.Of(place)}.", $"Write one of {string.Join(", ", LawBook.Default["eu-gdpr"].Places)}.");
        return place;
    }
}
