using System.Globalization;
using StackHub.Mapping;

namespace StackHub.Rules;

/// <summary>What is known of one subject, read once for all conditions; what cannot be read as its type is not known. It never prints a value.</summary>
public sealed class Facts
{
    private readonly string?[] texts;
    private readonly decimal?[] numbers;
    private readonly string[]?[] sets;

    private Facts(int count) => (texts, numbers, sets) = (new string?[count], new decimal?[count], new string[]?[count]);

    /// <param name="valueOf">A field's value as the hub keeps texts; null or empty when it is not known.</param>
    public static Facts Read(RuleFields fields, Func<string, string?> valueOf)
    {
        var facts = new Facts(fields.All.Length);
        for (var place = 0; place < fields.All.Length; place++)
            if (valueOf(fields.All[place].Name) is { Length: > 0 } text)
                facts.Read(place, fields.All[place].Type, text);
        return facts;
    }

    internal string? Text(int place) => texts[place];

    internal decimal? Number(int place) => numbers[place];

    internal string[]? Set(int place) => sets[place];

    public override string ToString() => $"{texts.Count(text => text is not null)} facts";

    private void Read(int place, RuleType type, string text)
    {
        switch (type)
        {
            case RuleType.Number:
                if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
                    (numbers[place], texts[place]) = (number, text);
                break;
            case RuleType.Flag:
                if (bool.TryParse(text, out var flag))
                    texts[place] = flag ? "true" : "false";
                break;
            case RuleType.Set:
                (sets[place], texts[place]) = (CanonicalText.Split(text), text);
                break;
            default:
                texts[place] = text;
                break;
        }
    }
}
