using System.Text;

namespace StackHub.Identity;

/// <summary>A short code that spellings of one spoken name share: Soundex with its first letter coded too, so that Kathy meets Cathy.</summary>
internal static class PhoneticKey
{
    private const int Length = 5;

    private static readonly (string Spelling, string Sound)[] Spellings =
        [("sch", "s"), ("tsch", "c"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("kn", "n"), ("wr", "r"), ("mac", "mc")];

    /// <summary>The code of a folded name; letters outside a-z stand for themselves.</summary>
    public static string Of(string name)
    {
        var text = Spellings.Aggregate(name, (spelled, rule) => spelled.Replace(rule.Spelling, rule.Sound, StringComparison.Ordinal));
        var code = new StringBuilder(Length);
        var previous = '\0';
        foreach (var letter in text)
        {
            var sound = Sound(letter);
            if (sound != previous && (sound is not ('0' or '-') || code.Length == 0) && code.Length < Length)
            {
                code.Append(sound);
            }
            previous = sound == '-' ? previous : sound; // h and w do not part equal sounds, vowels do
        }
        return code.ToString();
    }

    private static char Sound(char letter) => letter switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'j' => '0',
        'h' => '-',
        'b' or 'f' or 'p' or 'v' or 'w' => '1',
        'c' or 'g' or 'k' or 'q' or 's' or 'x' or 'z' => '2',
        'd' or 't' => '3',
        'l' => '4',
        'm' or 'n' => '5',
        'r' => '6',
        _ => letter,
    };
}
