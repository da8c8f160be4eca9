"""Tags of other tools in Markdown and HTML: what they mean, and which are only named."""

from __future__ import annotations

import pytest

from feedpub.articles.template_tags import TemplateTag, Understood, understand_tags
from feedpub.model import Kind


def read(text: str, kind: Kind = Kind.MARKDOWN) -> Understood:
    return understand_tags(text, kind, site_url="https://example.org/feeds/")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a {% raw %}{{ x }}{% endraw %} b", "a {{ x }} b"),
        ("{%- comment -%} x {%- endcomment -%}a {{/* x */}}b", "a b"),
        ("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
        ('{{< highlight go "x=y" >}}\nx\n{{< /highlight >}}', "```go\nx\n```"),
        ("{% highlight md %}\n```\n{% endhighlight %}", "````md\n```\n````"),
        ("- a\n  {% highlight sh %}\n  ls\n  {% endhighlight %}", "- a\n  ```sh\n  ls\n  ```"),
        (
            '{{< figure src="/a.png" alt="A" title="T" caption="B & C" link="/b" >}}',
            '<figure><a href="/b"><img src="/a.png" alt="A"></a>'
            "<figcaption>T. B &amp; C</figcaption></figure>\n",
        ),
        ('[a]({{< relref "sea.md#shore" >}})', "[a](../sea/#shore)"),
        ('[a]({{% ref "/blog/sea/index.md" %}})', "[a](/blog/sea/)"),
        ("[a]({% post_url 2026-05-01-sea %})", "[a](/2026/05/01/sea.html)"),
        ("[a]({% link pages/sea.md %})", "[a](/pages/sea.html)"),
        ("[a](@/blog/2026-05-01-sea.md#shore)", "[a](/blog/sea/#shore)"),
        ("{{ site.url }}{{site.baseurl}}/sea", "https://example.org/sea"),
        ("{{ '/sea.png' | relative_url }}", "/sea.png"),
        ("# The sea {#sea}\n", "# The sea {#sea}\n"),
    ],
)
def test_what_means_the_same_everywhere_is_understood(text: str, meaning: str) -> None:
    assert read(text) == Understood(text=meaning)


def test_a_listing_in_html_is_one_of_html() -> None:
    text = "<p>A\n{% highlight c %}\na < b\n{% endhighlight %}"
    listing = '<pre><code class="language-c">a &lt; b\n</code></pre>'
    assert read(text, Kind.HTML).text == f"<p>A\n{listing}"


@pytest.mark.parametrize(
    "text",
    [
        "```\n{% raw %}{{ x }}\n```\n",
        "~~~~ sh\n```\n{{ x }}\n~~~~\n",
        "- a\n\n  ```\n  {{ x }}\n  ```\n",
        "Write `{% raw %}` or ``{{ ` }}``.",
        "Text\n\n    {{ x }}\n    {{ y }}\n",
        "<pre>\n{{ x }}\n</pre>",
        "```\n{{ x }} that is never closed\n",
    ],
)
def test_code_is_passed_by(text: str) -> None:
    assert read(text) == Understood(text=text)


def test_the_first_tag_that_is_not_understood_is_named() -> None:
    text = "A\n\n`{{ x }}`\n{% youtube\n  abc %} and {{< gist x >}}\n"
    assert read(text) == Understood(text=text, unknown=TemplateTag(tag="{% youtube abc %}", line=4))


def test_imports_of_mdx_are_taken_out_and_named() -> None:
    found = read('import { A,\n  B } from "./b";\nimport "./c.css"\nexport const d = 1;\n\n# T\n')
    assert found.text == "\n\n\n\n# T\n"
    assert found.unknown == TemplateTag(tag='import { A, B } from "./b";', line=1)


@pytest.mark.parametrize(
    "tag",
    ['{% extends "a.html" %}', "{% for post in site.posts %}", "{{ content }}", "{{ .Content }}"],
)
def test_a_text_that_comes_from_elsewhere_is_a_template(tag: str) -> None:
    assert read(f"Text\n\n{tag}\n").template == TemplateTag(tag=tag, line=3)
    assert read(f"Text\n\n`{tag}`\n").template is None


def test_an_article_that_lists_others_in_passing_is_no_template() -> None:
    listing = "{% for post in site.posts %}{{ post.title }}{% endfor %}"
    assert read(f"Few words.\n\n{listing}\n").template is not None
    assert read(f"{'The sea is calm today. ' * 20}\n\n{listing}\n").template is None
