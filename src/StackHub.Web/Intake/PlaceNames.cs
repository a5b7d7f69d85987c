using System.Collections.Frozen;

namespace StackHub.Web.Intake;

/// <summary>Names of the places that laws are kept in, for people; the hub runs without the machine's own list of countries.</summary>
internal static class PlaceNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["AT"] = "Austria",
        ["BE"] = "Belgium",
        ["DE"] = "Germany",
        ["DE-BB"] = "Germany: Brandenburg",
        ["DE-BE"] = "Germany: Berlin",
        ["DE-BW"] = "Germany: Baden-Württemberg",
        ["DE-BY"] = "Germany: Bavaria",
        ["DE-HB"] = "Germany: Bremen",
        ["DE-HE"] = "Germany: Hesse",
        ["DE-HH"] = "Germany: Hamburg",
        ["DE-MV"] = "Germany: Mecklenburg-Vorpommern",
        ["DE-NI"] = "Germany: Lower Saxony",
        ["DE-NW"] = "Germany: North Rhine-Westphalia",
        ["DE-RP"] = "Germany: Rhineland-Palatinate",
        ["DE-SH"] = "Germany: Schleswig-Holstein",
        ["DE-SL"] = "Germany: Saarland",
        ["DE-SN"] = "Germany: Saxony",
        ["DE-ST"] = "Germany: Saxony-Anhalt",
        ["DE-TH"] = "Germany: Thuringia",
        ["DK"] = "Denmark",
        ["ES"] = "Spain",
        ["EU"] = "Elsewhere in the European Union",
        ["FI"] = "Finland",
        ["FR"] = "France",
        ["GB-ENG"] = "United Kingdom: England",
        ["GB-NIR"] = "United Kingdom: Northern Ireland",
        ["GB-SCT"] = "United Kingdom: Scotland",
        ["GB-WLS"] = "United Kingdom: Wales",
        ["IE"] = "Ireland",
        ["IT"] = "Italy",
        ["LU"] = "Luxembourg",
        ["NL"] = "Netherlands",
        ["PL"] = "Poland",
        ["PT"] = "Portugal",
        ["SE"] = "Sweden",
        ["US-CA"] = "United States: California",
        ["US-CO"] = "United States: Colorado",
        ["US-CT"] = "United States: Connecticut",
        ["US-IA"] = "United States: Iowa",
        ["US-OR"] = "United States: Oregon",
        ["US-TX"] = "United States: Texas",
        ["US-UT"] = "United States: Utah",
        ["US-VA"] = "United States: Virginia",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The place's own code where it has no name here yet.</summary>
    public static string Of(string place) => Names.GetValueOrDefault(place, place);
}
