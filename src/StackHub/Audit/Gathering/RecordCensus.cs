using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Audit.Inventory;
using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Audit.Gathering;

/// <summary>Walks all records once and counts, for each system: the people it holds, those it lately said something about, and the fields with where their values come from.</summary>
public sealed class RecordCensus(RecordStore records, HubModel model)
{
    private const int PageSize = 500;

    /// <summary>A person is touched who was changed as lately.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<Census> CountAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var count = new Counting(model, at - Lately);
        string? next = null;
        do
        {
            var page = await records.ScanAsync(next, PageSize, cancellationToken);
            foreach (var record in page.Records)
                count.Add(record);
            next = page.Next;
        }
        while (next is not null);
        return count.Done();
    }

    private sealed class Counting(HubModel model, DateTimeOffset since)
    {
        private readonly Dictionary<SystemId, (SketchBuilder Held, SketchBuilder Touched)> people = [];
        private readonly Dictionary<(SystemId System, RecordKind Kind, string Field, FieldDirection Direction), long> values = [];

        public void Add(HubRecord record)
        {
            if (record.MergedInto is not null)
                return;
            // A person that a tool has twice is one person.
            foreach (var links in record.Links.Where(link => link.Active && model.Systems.ContainsKey(link.Ref.System)).GroupBy(link => link.Ref.System))
            {
                if (record.Kind == RecordKind.Person)
                    AddPerson(record.Id, links.Key, links.Any(link => link.Cells.Values.Any(cell => cell.State.Claim?.At >= since)));
                foreach (var (field, cell) in links.SelectMany(link => link.Cells))
                    AddCell(links.Key, record.Kind, field, cell.State);
            }
        }

        public Census Done() => new(
            people.ToFrozenDictionary(entry => entry.Key.Name, entry => new ToolRecords(entry.Value.Held.Build(), entry.Value.Touched.Build())),
            [.. values.Select(entry => new SystemField(entry.Key.System.Name, entry.Key.Kind.ToString(), entry.Key.Field, entry.Key.Direction, entry.Value, IsPersonal(entry.Key.Kind, entry.Key.Field)))]);

        private void AddPerson(RecordId person, SystemId system, bool isTouched)
        {
            if (!people.TryGetValue(system, out var sketches))
                people[system] = sketches = (new(), new());
            var id = person.ToString();
            sketches.Held.Add(id);
            if (isTouched)
                sketches.Touched.Add(id);
        }

        private void AddCell(SystemId system, RecordKind kind, string field, CellState state)
        {
            if (field == FieldDefinition.HubId || state.Held is not { IsBlank: false })
                return;
            Count(FieldDirection.Held);
            Count(state.HeldWrite is null ? FieldDirection.From : FieldDirection.To);
            void Count(FieldDirection direction) => values[(system, kind, field, direction)] = values.GetValueOrDefault((system, kind, field, direction)) + 1;
        }

        private bool IsPersonal(RecordKind kind, string field) => model.Fields[kind].TryGetValue(field, out var definition) && PersonalFields.IsPersonal(kind, definition.Type);
    }
}

/// <summary>What a walk found, by the systems' configured names.</summary>
public sealed record Census(FrozenDictionary<string, ToolRecords> People, ImmutableArray<SystemField> Fields);

/// <summary>How many values of a field a system holds, gave, or was given.</summary>
public sealed record SystemField(string System, string Kind, string Field, FieldDirection Direction, long Values, bool Personal);
