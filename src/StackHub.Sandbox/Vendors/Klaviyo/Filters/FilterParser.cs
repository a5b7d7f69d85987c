using System.Text;

namespace StackHub.Sandbox.Vendors.Klaviyo.Filters;

/// <summary>Reads Klaviyo's filter language: comparisons joined by commas or by and(...); texts are quoted, a backslash escapes.</summary>
internal sealed class FilterParser(string text, KlaviyoErrors errors)
{
    private int at;

    public List<FilterCall> Parse()
    {
        var calls = new List<FilterCall>();
        do
        {
            calls.AddRange(Comparison());
        }
        while (Skip(','));
        return at == text.Length ? calls : throw Bad();
    }

    private List<FilterCall> Comparison()
    {
        var name = Bare();
        Require('(');
        var calls = new List<FilterCall>();
        if (name == "and")
        {
            do
            {
                calls.AddRange(Comparison());
            }
            while (Skip(','));
        }
        else
        {
            var field = Bare();
            Require(',');
            calls.Add(new(name, field, Values()));
        }

        Require(')');
        return calls;
    }

    private List<string> Values()
    {
        if (!Skip('['))
            return [Value()];
        var values = new List<string>();
        do
        {
            values.Add(Value());
        }
        while (Skip(','));
        Require(']');
        return values;
    }

    private string Value() => at < text.Length && text[at] is '"' or '\'' ? Quoted(text[at++]) : Bare();

    private string Quoted(char quote)
    {
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at++]);
        }

        Require(quote);
        return value.ToString();
    }

    private string Bare()
    {
        var from = at;
        while (at < text.Length && text[at] is not ('(' or ')' or ',' or '[' or ']' or '"' or '\''))
            at++;
        return at > from ? text[from..at].Trim() : throw Bad();
    }

    private bool Skip(char expected)
    {
        if (at >= text.Length || text[at] != expected)
            return false;
        at++;
        return true;
    }

    private void Require(char expected)
    {
        if (!Skip(expected))
            throw Bad();
    }

    private Hosting.VendorRefusal Bad() => errors.BadParameter("The filter is not valid.", "filter");
}
