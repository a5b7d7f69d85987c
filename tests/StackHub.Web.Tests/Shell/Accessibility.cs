using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace StackHub.Web.Tests.Shell;

/// <summary>What can be told of a page's accessibility from its markup, which is read as XML.</summary>
internal static partial class Accessibility
{
    public static IEnumerable<string> Problems(string page)
    {
        var document = Parse(page);
        var all = document.Descendants().ToArray();
        return [.. Structure(all), .. Controls(all), .. Tables(all), .. References(all)];
    }

    private static IEnumerable<string> Structure(XElement[] all)
    {
        if (all.Count(element => element.Name.LocalName == "h1") != 1)
            yield return $"{all.Count(element => element.Name.LocalName == "h1")} h1";
        foreach (var landmark in (string[])["header", "main", "footer", "title"])
            if (all.All(element => element.Name.LocalName != landmark))
                yield return $"no {landmark}";
        var level = 0;
        foreach (var heading in all.Where(element => Heading().IsMatch(element.Name.LocalName)))
        {
            if (heading.Name.LocalName[1] - '0' > level + 1)
                yield return $"heading '{heading.Value}' skips a level";
            level = heading.Name.LocalName[1] - '0';
        }
        foreach (var picture in all.Where(element => element.Name.LocalName == "svg" && Attribute(element, "aria-hidden") is null && Attribute(element, "aria-labelledby") is null))
            yield return $"a picture without words {picture.FirstAttribute}";
        if (all.FirstOrDefault(element => element.Name.LocalName == "a") is not { } first || Attribute(first, "class") != "skip")
            yield return "the first link does not skip to the content";
    }

    private static IEnumerable<string> Controls(XElement[] all)
    {
        var labelled = all.Where(element => element.Name.LocalName == "label").Select(label => Attribute(label, "for")).ToHashSet();
        foreach (var control in all.Where(element => element.Name.LocalName is "input" or "select" or "textarea" && Attribute(element, "type") != "hidden"))
            if (Attribute(control, "id") is not { } id || !labelled.Contains(id))
                yield return $"a control without a label: {Attribute(control, "name")}";
        foreach (var silent in all.Where(element => element.Name.LocalName is "a" or "button" or "summary" && element.Value.Trim().Length == 0))
            yield return $"a {silent.Name.LocalName} without words: {Attribute(silent, "href")}";
    }

    private static IEnumerable<string> Tables(XElement[] all)
    {
        foreach (var table in all.Where(element => element.Name.LocalName == "table"))
        {
            if (table.Elements().FirstOrDefault()?.Name.LocalName != "caption")
                yield return "a table without a caption";
            if (table.Descendants().Any(element => element.Name.LocalName == "th" && Attribute(element, "scope") is null))
                yield return "a table heading without a scope";
            if (table.Parent is not { } around || Attribute(around, "tabindex") != "0" || (Attribute(around, "aria-label") ?? Attribute(around, "aria-labelledby")) is null)
                yield return "a wide table that no key scrolls";
        }
    }

    private static IEnumerable<string> References(XElement[] all)
    {
        var ids = all.Select(element => Attribute(element, "id")).OfType<string>().ToArray();
        foreach (var twice in ids.GroupBy(id => id).Where(group => group.Count() > 1))
            yield return $"the id {twice.Key} is there {twice.Count()} times";
        foreach (var element in all)
            foreach (var name in (string[])["aria-labelledby", "aria-describedby", "for"])
                foreach (var missing in (Attribute(element, name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(ids))
                    yield return $"{name} names {missing}, which is not there";
    }

    private static string? Attribute(XElement element, string name) => element.Attribute(name)?.Value;

    /// <summary>Pages close every element and quote every attribute; only attributes without a value and entities are HTML's own.</summary>
    private static XDocument Parse(string page)
    {
        var xml = Doctype().Replace(page, "");
        xml = VoidElement().Replace(xml, match => match.Value.EndsWith("/>", StringComparison.Ordinal) ? match.Value : match.Value[..^1] + "/>");
        xml = Bare().Replace(xml, " $1=\"\"");
        using var reader = XmlReader.Create(new StringReader(xml), new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [GeneratedRegex("^h[1-6]$")]
    private static partial Regex Heading();

    [GeneratedRegex("<!DOCTYPE[^>]*>")]
    private static partial Regex Doctype();

    [GeneratedRegex("<(meta|link|input|img|br|hr)\\b[^>]*>")]
    private static partial Regex VoidElement();

    [GeneratedRegex(" (required|selected|checked|multiple|open|alt|value)(?=[ />])")]
    private static partial Regex Bare();
}
