using Microsoft.AspNetCore.Components;

namespace StackHub.Web.Intake;

/// <summary>A page for anybody: drawn on the server from its model, and nothing else.</summary>
public abstract class PublicPage<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }

    [CascadingParameter]
    public required PublicFrame Frame { get; set; }
}
