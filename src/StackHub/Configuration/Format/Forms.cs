using System.Text.RegularExpressions;

namespace StackHub.Configuration.Format;

/// <summary>The forms of names.</summary>
internal static partial class Forms
{
    public static readonly (Regex Form, string Expects) System = (SystemForm(), "at most 40 lower-case letters, digits and single hyphens, beginning with a letter");

    public static readonly (Regex Form, string Expects) Field = (FieldForm(), "letters and digits beginning with a small letter, such as favouriteColour");

    [GeneratedRegex("^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex SystemForm();

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldForm();

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant)]
    public static partial Regex Region();
}
