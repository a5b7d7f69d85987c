using StackHub.Configuration.Format;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>How the next page is asked for.</summary>
internal enum PagingKind
{
    None,
    Offset,
    Cursor,
    Link,
}

/// <param name="Parameter">The query parameter of the offset or cursor; of a link, the one that is taken out of it.</param>
/// <param name="At">Where the answer has the next cursor or link.</param>
internal sealed record PagingSpec(PagingKind Kind, string Parameter, string At, int Size, string? SizeParameter)
{
    public static readonly PagingSpec None = new(PagingKind.None, "", "", int.MaxValue, null);
}

/// <summary>A call that answers records, a page at a time.</summary>
internal sealed record ListSpec(RequestSpec Request, string Items, PagingSpec Paging);

/// <summary>The keys of a call that answers a list.</summary>
internal static class ListFormat
{
    private static readonly Key<PagingKind?> By = new("by", new Word<PagingKind>(), "offset counts records, cursor is a text of the vendor's, link is an address of which only the parameter is used.") { Required = true };
    private static readonly Key<string> Parameter = new("parameter", new TextValue("The query parameter's name"), "The query parameter that asks for the next page.") { Required = true };
    private static readonly Key<string> At = new("at", new TextValue("A place in the answer"), "Where the answer has the next cursor or link.");
    private static readonly Key<int?> Size = new("size", new WholeNumber(1, 10_000), "Records in a page.") { Default = "100" };
    private static readonly Key<string> SizeParameter = new("sizeParameter", new TextValue("The query parameter's name"), "The query parameter of the page's size.");
    private static readonly Key<string> Items = new("items", new TextValue("A place in the answer"), "Where the answer has the records.") { Default = "the answer itself, which is one record" };
    private static readonly Key<PagingSpec> Page = new("page", new Meaning<PagingSpec>(new SectionOf("A block of by, parameter, at and size", [By, Parameter, At, Size, SizeParameter]), ReadPaging), "How to get the next page.");

    public static readonly Meaning<ListSpec> Shape = new(new SectionOf("A call that answers a list", [.. RequestFormat.Keys, Items, Page]), Read);

    private static ListSpec Read(Section section) => new(RequestFormat.Read(section), section.Get(Items) ?? "", section.Get(Page) ?? PagingSpec.None);

    private static PagingSpec ReadPaging(Section section)
    {
        var kind = section.Get(By) ?? PagingKind.None;
        if (kind is PagingKind.Cursor or PagingKind.Link && !section.Has(At))
            section.Problem(At, "The place of the next cursor is missing.", "Add at: and where the answer has it, such as links.next.");
        return new(kind, section.Get(Parameter) ?? "", section.Get(At) ?? "", section.Get(Size) ?? 100, section.Get(SizeParameter));
    }
}
