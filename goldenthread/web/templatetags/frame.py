"""``{% frame %}``: a page of Django's template engine inside our own layout, so that allauth's pages look alike.

{% frame %}{% block head_title %}…{% endblock %}{% content %}…{% scripts %}…{% endframe %}
"""

from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


class Frame(template.Node):
    #: Where Django looks for the blocks that a page fills.
    child_nodelists = ("title", "content", "scripts")

    def __init__(self, title: template.NodeList, content: template.NodeList, scripts: template.NodeList) -> None:
        self.title, self.content, self.scripts = title, content, scripts

    def render(self, context: template.Context) -> SafeString:
        layout = get_template("web/framed.html", using="jinja2")
        parts = {
            "framed_title": self.title.render(context).strip(),
            "framed_content": self.content.render(context),
            "framed_scripts": self.scripts.render(context),
        }
        return mark_safe(layout.render(parts, context["request"]))


@register.tag
def frame(parser: Any, _token: Any) -> Frame:
    title = parser.parse(("content",))
    parser.delete_first_token()
    content = parser.parse(("scripts",))
    parser.delete_first_token()
    scripts = parser.parse(("endframe",))
    parser.delete_first_token()
    return Frame(title, content, scripts)


@register.filter
def browser(user_agent: str) -> str:
    """Firefox on Windows: enough of a browser's long name for its owner to know it."""
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    name = next((name for mark, name in browsers if mark in user_agent), "")
    system = next((name for mark, name in systems if mark in user_agent), "")
    if not name or not system:
        return user_agent[:80]
    return _("%(browser)s on %(system)s") % {"browser": name, "system": system}


@register.simple_tag
def our_fields(form: BaseForm) -> SafeString:
    """The fields of ``form`` as our macro draws them, its faults at their head."""
    return mark_safe(get_template("web/form_fields.html", using="jinja2").render({"form": form}))


@register.simple_tag(takes_context=True)
def demonstration_sign_ins(context: template.Context) -> SafeString:
    """The sign-ins of the demonstration, each with its button; nothing anywhere else."""
    values = {"next": context.get("redirect_field_value") or ""}
    return mark_safe(get_template("web/sign_ins.html", using="jinja2").render(values, context["request"]))
