using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Webhooks;

/// <summary>Bodies of all forms as JSON, so that one way of naming places fits them.</summary>
internal static class WebhookBodies
{
    /// <summary>As deep as JSON may be; what reads the body goes down a step a level.</summary>
    private const int Deepest = 64;

    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static JsonNode Read(WebhookBody form, ReadOnlyMemory<byte> body)
    {
        try
        {
            return form switch
            {
                WebhookBody.Json => JsonNode.Parse(body.Span) ?? throw new WebhookFormatException("The body is null."),
                WebhookBody.Form => Form(Encoding.UTF8.GetString(body.Span)),
                _ => Xml(body),
            };
        }
        catch (JsonException e) // its message can quote the body, so only the place goes on
        {
            throw new WebhookFormatException($"The body is not JSON at line {e.LineNumber}.");
        }
        catch (XmlException e)
        {
            throw new WebhookFormatException($"The body is not XML at line {e.LineNumber}.");
        }
        catch (ArgumentException) // two members of one name
        {
            throw new WebhookFormatException("The body names something twice.");
        }
    }

    /// <summary>"data[email]=a%40b.c" is email in data.</summary>
    private static JsonObject Form(string text)
    {
        var json = new JsonObject();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is [var name, var value])
                JsonPath.Put(json, Place(Decode(name)), JsonValue.Create(Decode(value)));
        }
        return json.Count > 0 ? json : throw new WebhookFormatException("The body is not a form.");
    }

    private static string Place(string name)
    {
        var place = name.Replace("]", "", StringComparison.Ordinal).Replace('[', '.');
        return place.Count(letter => letter == '.') < Deepest ? place : throw TooDeep();
    }

    private static JsonObject Xml(ReadOnlyMemory<byte> body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Safe);
        var root = XDocument.Load(reader).Root!;
        return new JsonObject { [root.Name.LocalName] = Element(root, 1) };
    }

    /// <summary>An element without children is its text; several of one name are a list.</summary>
    private static JsonNode? Element(XElement element, int depth)
    {
        if (depth > Deepest)
            throw TooDeep();
        if (!element.HasElements)
            return JsonValue.Create(element.Value);
        var json = new JsonObject();
        foreach (var same in element.Elements().GroupBy(child => child.Name.LocalName))
            json[same.Key] = same.Count() == 1 ? Element(same.First(), depth + 1) : new JsonArray([.. same.Select(child => Element(child, depth + 1))]);
        return json;
    }

    private static WebhookFormatException TooDeep() => new($"The body is nested more than {Deepest} levels deep.");

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
