using System.Text.Json;

namespace StackHub.Web.Privacy;

/// <summary>How enums are written outside.</summary>
public static class PrivacyWords
{
    public static string Of(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
