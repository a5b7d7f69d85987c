using System.Text.Json;

namespace StackHub.Web.Privacy;

/// <summary>How enums are written outside.</summary>
internal static class PrivacyWords
{
    public static string Of(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
