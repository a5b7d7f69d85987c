using StackHub.Storage;

namespace StackHub.AzureStorage.Tests;

public sealed class NamesTests
{
    [Fact]
    public void Every_table_of_the_hub_has_a_name_that_azure_takes() => Assert.All(Storage.Tables.All, TableLimits.CheckTable);

    [Fact]
    public void Every_queue_of_the_hub_and_its_poison_twin_have_names_that_azure_takes() =>
        Assert.All(Storage.Queues.All.SelectMany(queue => new[] { queue, Storage.Queues.Poison(queue) }), QueueLimits.CheckName);

    [Fact]
    public void No_two_tables_of_the_hub_differ_by_case_only() =>
        Assert.Equal(Storage.Tables.All.Count, Storage.Tables.All.Distinct(StringComparer.OrdinalIgnoreCase).Count());
}
