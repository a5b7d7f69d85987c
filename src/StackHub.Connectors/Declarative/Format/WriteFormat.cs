using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>What a list in a batch's answer tells of its records.</summary>
internal enum ResultMeaning
{
    Stored,
    Created,
    Updated,
    Error,
}

/// <param name="Key">The place that tells whose result it is, in the result and in the record sent; null when results come in the order of the records.</param>
/// <param name="Item">Where a result has the stored record.</param>
internal sealed record ResultSpec(string At, string? Key, string Item, ResultMeaning Then);

/// <summary>A vendor's job: asked after until it is over, with results then.</summary>
internal sealed record JobSpec(string Id, RequestSpec Request, string Status, ImmutableArray<string> Done, ImmutableArray<string> Failed, TimeSpan Every, TimeSpan Wait);

/// <summary>A write of one record or of a batch.</summary>
internal sealed record WriteSpec(RequestSpec Request, int Batch)
{
    public Body? Record { get; init; }

    public ImmutableArray<ResultSpec> Results { get; init; } = [];

    public JobSpec? Job { get; init; }
}

/// <summary>The keys of a write.</summary>
internal static class WriteFormat
{
    public const int MaxBatch = 1_000;
    private static readonly Key<int?> Batch = new("batch", new WholeNumber(1, MaxBatch), "Records in one call.") { Default = "1" };
    private static readonly Key<Body> Record = new("record", new BodyShape(), "One record of a batch; all of them are {{ records }} in the body.");
    private static readonly Key<string> At = new("at", new TextValue("A place in the answer"), "Where the results are.") { Required = true };
    private static readonly Key<string> By = new("key", new TextValue("A place in a result"), "The place that is the same in a result and in the record sent; without it results come in order.");
    private static readonly Key<string> Item = new("item", new TextValue("A place in a result"), "Where a result has the stored record.") { Default = "the result itself" };
    private static readonly Key<ResultMeaning?> Then = new("then", new Word<ResultMeaning>(), "What they say: error follows the error rules.") { Required = true };
    private static readonly ListOf<ResultSpec> ResultList = new("A list of results", new Meaning<ResultSpec>(new SectionOf("A block of at, key and then", [At, By, Item, Then]), section => new(section.Get(At) ?? "", section.Get(By), section.Get(Item) ?? "", section.Get(Then) ?? ResultMeaning.Stored)));
    private static readonly Key<ImmutableArray<ResultSpec>?> Results = new("results", ResultList, "Where a batch's answer tells what became of each record.");
    private static readonly Key<JobSpec> Job = new("job", JobFormat.Shape, "The write is a job that is asked after until it is over; the last answer has the results.");

    public static readonly Meaning<WriteSpec> Shape = new(new SectionOf("A write", [.. RequestFormat.Keys, Batch, Record, Results, Job]), Read);

    private static WriteSpec Read(Section section)
    {
        var write = new WriteSpec(RequestFormat.Read(section), section.Get(Batch) ?? 1) { Record = section.Get(Record), Results = section.Get(Results) ?? [], Job = section.Get(Job) };
        if (section.Has(Batch) && (write.Record is null || write.Results.Length == 0))
            section.Problem(Batch, "A batch needs record: and results:.", "Say what one record of it is, and where the answer tells what became of each.");
        return write;
    }
}

/// <summary>The keys of a job.</summary>
internal static class JobFormat
{
    private static readonly Key<string> Id = new("id", new TextValue("A place in the answer"), "Where the answer to the write has the job's id; it is {{ ticket }} in the job's own call.") { Required = true };
    private static readonly Key<string> Status = new("status", new TextValue("A place in the answer"), "Where the job says how far it is.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Done = new("done", new Configuration.Format.Names("One or more states"), "States that mean that it is over.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Failed = new("failed", new Configuration.Format.Names("One or more states"), "States that mean that it came to nothing.");
    private static readonly Key<TimeSpan?> Every = new("every", new Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), "How often it is asked after.") { Default = "1s" };
    private static readonly Key<TimeSpan?> Wait = new("wait", new Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), "How long it is waited for before its records are tried again later.") { Default = "60s" };

    public static readonly Meaning<JobSpec> Shape = new(new SectionOf("A job", [.. RequestFormat.Keys, Id, Status, Done, Failed, Every, Wait]), section => new(
        section.Get(Id) ?? "", RequestFormat.Read(section), section.Get(Status) ?? "", Texts(section.Get(Done)), Texts(section.Get(Failed)),
        section.Get(Every) ?? TimeSpan.FromSeconds(1), section.Get(Wait) ?? TimeSpan.FromMinutes(1)));

    public static ImmutableArray<string> Texts(ImmutableArray<Located>? names) => [.. (names ?? []).Select(name => name.Text)];
}
