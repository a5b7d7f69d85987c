using System.Globalization;

namespace StackHub.Web.Privacy.Console;

/// <summary>Places by their names: "DE-BY" as "Germany (BY)".</summary>
internal static class PlaceTitles
{
    public static string Of(string place) => place.Split('-') switch
    {
        ["EU"] => "European Union (EU)",
        [var country] => $"{Country(country)} ({country})",
        [var country, var part] => $"{Country(country)}, {part} ({place})",
        _ => place,
    };

    private static string Country(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code; // a machine without the world's names
        }
    }
}
