"""Every message to the user, in English and Vietnamese."""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, str]] = {
    # files
    "missing-file": ("{path}: no such file", "{path}: không có tệp này"),
    "is-directory": ("{path}: is a folder, a file is needed", "{path}: là thư mục, cần một tệp"),
    "not-directory": ("{path}: is not a folder", "{path}: không phải thư mục"),
    "empty-file": ("{path}: the file is empty; write it, or take it away", "{path}: tệp rỗng; hãy viết nội dung hoặc bỏ tệp này"),
    "not-utf8": (
        "{path}:{line}: not UTF-8 (byte {byte}); save the file as UTF-8",
        "{path}:{line}: không phải UTF-8 (byte {byte}); hãy lưu tệp ở dạng UTF-8",
    ),
    "line-too-long": (
        "{path}:{line}: a line of over {limit} bytes; break it up",
        "{path}:{line}: một dòng dài quá {limit} byte; hãy tách ra",
    ),
    "file-too-large": (
        "{path}: over {limit} bytes, the most that are read; split it",
        "{path}: quá {limit} byte, mức đọc tối đa; hãy chia nhỏ",
    ),
    "byte-order-mark": (
        "{path}:1: begins with a byte order mark; save the file as UTF-8 without one",
        "{path}:1: bắt đầu bằng dấu thứ tự byte; hãy lưu ở dạng UTF-8 không có dấu này",
    ),
    "rdf-12": (
        "{path}: holds a triple about a triple (RDF 1.2); use nodes of their own instead",
        "{path}: có bộ ba nói về bộ ba (RDF 1.2); hãy dùng nút riêng",
    ),
    "same-name": ("{path}: another question is called {name} too", "{path}: đã có câu hỏi khác tên {name}"),
    "not-in-form": (
        "{what} cannot be written as {form}; use {fitting}",
        "không ghi được {what} ở dạng {form}; hãy dùng {fitting}",
    ),
    "syntax": ("{path}:{line}: {detail}", "{path}:{line}: {detail}"),
    "unknown-format-of-file": (
        "{path}: cannot be read as RDF; name it .ttl, .trig, .nt or .nq",
        "{path}: không đọc được dưới dạng RDF; hãy đặt đuôi .ttl, .trig, .nt hoặc .nq",
    ),
    "file-exists": ("{path}: exists; add --force to write over it", "{path}: đã có; thêm --force để ghi đè"),
    "form-describes": ("{form} describes the data and holds none of them", "dạng {form} chỉ mô tả dữ liệu, không chứa dữ liệu"),
    "form-loses": ("{form} does not carry: {lost}", "dạng {form} không giữ: {lost}"),
    "form-flattens": ("{form} carries only in part: {flat}", "dạng {form} chỉ giữ một phần: {flat}"),
    "folder-of-others": (
        "{path}: holds files that this export does not write; take another folder",
        "{path}: có tệp mà lần xuất này không ghi; hãy chọn thư mục khác",
    ),
    "unknown-form": ("there is no form {name}", "không có dạng {name}"),
    "folder-to-stdout": (
        "--format {form} is a folder; say where with -o FOLDER",
        "--format {form} là một thư mục; hãy chỉ nơi ghi bằng -o THƯ-MỤC",
    ),
    "empty-selection": (
        "nothing is left by {filters}; leave out a filter",
        "không còn dữ liệu nào với {filters}; hãy bỏ bớt bộ lọc",
    ),
    "window-backwards": (
        "--from {first} is after --until {last}; exchange them",
        "--from {first} sau --until {last}; hãy đổi chỗ hai ngày",
    ),
    "no-data": ("{path}: no data to build from", "{path}: không có dữ liệu để dựng"),
    "cannot-read": ("{path}: cannot be read: {detail}", "{path}: không đọc được: {detail}"),
    "cannot-write": ("{path}: cannot be written: {detail}", "{path}: không ghi được: {detail}"),
    # press texts
    "text-of-marks": (
        "{path}: over 30 accents stand on one letter; this is no text, or a damaged one",
        "{path}: hơn 30 dấu đặt trên một chữ cái; đây không phải văn bản, hoặc văn bản đã hỏng",
    ),
    "text-is-binary": (
        "{path}: not a text ({kind}); save the article as plain text or HTML in UTF-8",
        "{path}: không phải văn bản ({kind}); hãy lưu bài ở dạng văn bản thuần hoặc HTML, UTF-8",
    ),
    "text-is-utf16": ("{path}: is UTF-16; save it as UTF-8", "{path}: là UTF-16; hãy lưu ở dạng UTF-8"),
    "text-is-legacy": (
        "{path}: looks like {encoding}; convert it to UTF-8 first, for instance with {tool}",
        "{path}: có vẻ là {encoding}; trước hết hãy chuyển sang UTF-8, chẳng hạn bằng {tool}",
    ),
    "page-too-large": (
        "{path}: a web page of over {limit} bytes; save the article alone",
        "{path}: trang web quá {limit} byte; hãy chỉ lưu bài viết",
    ),
    "page-too-many-tags": (
        "{path}: a web page of over {limit} tags; save the article alone",
        "{path}: trang web quá {limit} thẻ; hãy chỉ lưu bài viết",
    ),
    "page-too-tangled": (
        "{path}: the web page could not be taken apart within {seconds} s; save the article as plain text",
        "{path}: không tách được trang web trong {seconds} giây; hãy lưu bài ở dạng văn bản thuần",
    ),
    "page-without-article": (
        "{path}: no article is found in the web page; save its words as plain text",
        "{path}: không tìm thấy bài viết trong trang web; hãy lưu nội dung ở dạng văn bản thuần",
    ),
    "remark-byte-order-mark": ("{path}: began with a byte order mark, left out", "{path}: mở đầu bằng dấu thứ tự byte, đã bỏ qua"),
    "remark-composed": (
        "{path}: letters and accents were apart (NFD) and were composed; offsets count the composed text",
        "{path}: chữ và dấu tách rời (NFD) đã được ghép lại; vị trí tính theo văn bản đã ghép",
    ),
    "remark-language": (
        "{path}: not Vietnamese (language: {language}); no facts are drawn from it",
        "{path}: không phải tiếng Việt (ngôn ngữ: {language}); không rút dữ kiện nào",
    ),
    "remark-no-accents": (
        "{path}: Vietnamese without accents; no facts are drawn from it, write it with its accents",
        "{path}: tiếng Việt không dấu; không rút dữ kiện nào, hãy viết có dấu",
    ),
    "remark-page-data": (
        "{path}: what the web page says of itself in JSON-LD cannot be read and was left aside",
        "{path}: không đọc được phần JSON-LD của trang web nên đã bỏ qua",
    ),
    # networks and pictures
    "awarder-not-told": ("awarder not told", "không nêu bên tặng"),
    "awarder-of-level": ("awarder of {level} level", "bên tặng cấp {level}"),
    "recipients-of-place": ("{kind}, {place}", "{kind}, {place}"),
    "recipients-of-no-place": ("{kind}, place not told", "{kind}, không nêu nơi"),
    "label-from": ("{label} (from {day})", "{label} (từ {day})"),
    "label-until": ("{label} (until {day})", "{label} (đến {day})"),
    "network-empty": ("the network {kind} has no nodes here; leave out a filter", "mạng {kind} không có nút nào; hãy bỏ bớt bộ lọc"),
    "unknown-network": ("unknown network {name}", "không có mạng {name}"),
    "unknown-picture": ("unknown picture {name}", "không có hình {name}"),
    "only-campaigns-projected": ("--projected goes with campaigns only", "--projected chỉ dùng với campaigns"),
    "only-of-network": ("--of goes with the picture network only", "--of chỉ dùng với hình network"),
    "betweenness-sampled": (
        "betweenness is worked out from a sample of {drawn} of {nodes} nodes (seed {seed})",
        "độ trung gian được tính từ mẫu {drawn} trong {nodes} nút (hạt giống {seed})",
    ),
    "unknown-projection": ("there is no projection {name}", "không có phép chiếu {name}"),
    "unknown-size": ("there is no size {name}", "không có cỡ {name}"),
    "unknown-filter": ("there is no filter {name}", "không có bộ lọc {name}"),
    "unknown-language": ("there is no language {value}; use vi or en", "không có ngôn ngữ {value}; hãy dùng vi hoặc en"),
    "query-rows-only": (
        "query() takes SELECT and ASK; for CONSTRUCT and DESCRIBE use store.query()",
        "query() chỉ nhận SELECT và ASK; với CONSTRUCT và DESCRIBE hãy dùng store.query()",
    ),
    "list-kinds": ("{detail}; there are: {names}", "{detail}; hiện có: {names}"),
    "too-many-ties": (
        "the network would have {count} ties, over {most}; narrow it with --campaign, --body or --source",
        "mạng sẽ có {count} liên kết, quá {most}; hãy thu hẹp bằng --campaign, --body hoặc --source",
    ),
    "picture-data": ("recorded up to {day}, {sources} sources", "dữ liệu ghi nhận đến {day}, {sources} nguồn"),
    "picture-data-undated": ("day of recording not known, {sources} sources", "không rõ ngày ghi nhận, {sources} nguồn"),
    "picture-narrowed": ("only {filters}", "chỉ {filters}"),
    "picture-alone": (
        "{count} nodes without a tie are not drawn.",
        "{count} nút không có liên kết nào không được vẽ.",
    ),
    "picture-empty": ("there is nothing to draw in a {kind}; leave out a filter", "không có gì để vẽ ({kind}); hãy bỏ bớt bộ lọc"),
    "picture-no-ties": ("No ties to draw.", "Không có liên kết nào để vẽ."),
    "picture-dashed": ("not counted by the source", "nguồn không đếm"),
    "picture-numbers-awards": (
        "Numbers: recipients as the sources count them; “2?”: two groups that no source counts, which add nothing. Proposals "
        "and revoked awards are left out.",
        "Con số: bên nhận theo nguồn đếm; “2?”: hai nhóm không nguồn nào đếm, không cộng vào tổng. Không tính đề nghị và khen "
        "thưởng đã bị thu hồi.",
    ),
    "picture-numbers-events": ("Numbers: how many events.", "Con số: số sự kiện."),
    "picture-joint": (
        "An award that several gave together counts in full for each of them.",
        "Khen thưởng do nhiều bên cùng tặng được tính đủ cho từng bên.",
    ),
    "picture-place-of-awarder": (
        "Where no source tells the recipients' place it is the awarder's territory.",
        "Khi nguồn không nêu nơi của bên nhận, nơi là địa bàn của bên tặng.",
    ),
    "picture-whole": (
        "All is drawn: {lefts} names on the left, {rights} on the right, {events} events.",
        "Vẽ đủ: {lefts} tên bên trái, {rights} tên bên phải, {events} sự kiện.",
    ),
    "picture-thinned": (
        "Of {events} events: {left} of {lefts} names on the left and {right} of {rights} on the right have a line of their "
        "own; the others are grouped (hollow circles), and ribbons to a group may be narrowed.",
        "Từ {events} sự kiện: {left} trong {lefts} tên bên trái và {right} trong {rights} tên bên phải có dòng riêng; các tên "
        "còn lại được gộp (vòng tròn rỗng), dải nối tới nhóm có thể bị thu hẹp.",
    ),
    "picture-head-awards-left": ("awards", "bên tặng"),
    "picture-head-awards-right": ("is given to", "bên nhận"),
    "picture-head-campaigns-left": ("body or post", "cơ quan, chức vụ"),
    "picture-head-campaigns-right": ("campaign", "phong trào"),
    "picture-head-reforms-left": ("before", "trước"),
    "picture-head-reforms-right": ("after", "sau"),
    "picture-by-place": (
        "All kinds of recipients of one place stand in one line; colours tell them apart.",
        "Mọi loại bên nhận ở một nơi chung một dòng, phân biệt bằng màu.",
    ),
    "picture-place-not-told": ("place not told", "không nêu nơi"),
    "picture-cut": ("A bar with a gap is cut short.", "Thanh có khe hở đã được cắt ngắn."),
    "question-projected-bodies": ("Which bodies take part in the same campaigns?", "Những cơ quan nào cùng tham gia một phong trào?"),
    "question-projected-campaigns": ("Which campaigns have the same bodies?", "Những phong trào nào có chung cơ quan?"),
    "picture-rest-places": ("{count} other places", "{count} nơi khác"),
    "picture-rest-other": ("{count} others", "{count} tên khác"),
    "picture-rest-individual": ("individuals, {count} other places", "cá nhân, {count} nơi khác"),
    "picture-rest-collective": ("collectives, {count} other places", "tập thể, {count} nơi khác"),
    "picture-rest-household": ("households, {count} other places", "hộ gia đình, {count} nơi khác"),
    "picture-rest-community": ("communities, {count} other places", "cộng đồng, {count} nơi khác"),
    "picture-rest-model": ("models, {count} other places", "mô hình, điển hình, {count} nơi khác"),
    "picture-rest-unspecified": ("recipients of unspecified kind, {count} other places", "không nêu rõ loại, {count} nơi khác"),
    "picture-rest-person": ("{count} other people", "{count} người khác"),
    "picture-rest-body": ("{count} other bodies", "{count} tổ chức khác"),
    "picture-rest-place": ("{count} other places", "{count} địa phương khác"),
    "picture-rest-thing": ("{count} others", "{count} tên khác"),
    "picture-sort-individual": ("individuals", "cá nhân"),
    "picture-sort-collective": ("collectives", "tập thể"),
    "picture-sort-household": ("households", "hộ gia đình"),
    "picture-sort-community": ("communities", "cộng đồng"),
    "picture-sort-model": ("models", "mô hình, điển hình"),
    "picture-sort-unspecified": ("not specified", "không nêu rõ"),
    "picture-sort-named": ("named recipients", "bên nhận được nêu tên"),
    "picture-sort-launch": ("launches", "phát động"),
    "picture-sort-award": ("awards", "khen thưởng"),
    "picture-sort-launch-and-award": ("launches and awards", "phát động và khen thưởng"),
    "picture-marks": (
        "Squares: bodies; diamonds: posts; triangles: campaigns; circles: all else.",
        "Hình vuông: tổ chức; hình thoi: chức vụ; tam giác: phong trào; hình tròn: những gì còn lại.",
    ),
    "picture-no-campaign": ("no campaign told", "không nêu phong trào"),
    "picture-other-campaigns": ("{count} other campaigns", "{count} phong trào khác"),
    "picture-timeline-whole": (
        "All is drawn: {every} campaigns, {launches} launches, {awards} award events. Proposals and revoked awards are left out.",
        "Vẽ đủ: {every} phong trào, {launches} lần phát động, {awards} sự kiện khen thưởng. Không tính đề nghị và khen thưởng "
        "đã bị thu hồi.",
    ),
    "picture-timeline-thinned": (
        "Of {launches} launches and {awards} award events: {shown} of {every} campaigns, those with the most of them, have a line "
        "of their own; the others share one. Proposals and revoked awards are left out.",
        "Từ {launches} lần phát động và {awards} sự kiện khen thưởng: {shown} trong {every} phong trào có nhiều nhất được vẽ "
        "riêng; các phong trào còn lại chung một dòng. Không tính đề nghị và khen thưởng đã bị thu hồi.",
    ),
    "picture-undated": (
        "{count} launches and awards without a known time have no mark but are in the numbers.",
        "{count} lần phát động, khen thưởng không rõ thời gian không có dấu, nhưng được tính trong con số.",
    ),
    "picture-no-dates": ("No dates are known.", "Không biết thời gian nào."),
    "picture-by-month": ("A mark stands for all of one month.", "Mỗi dấu gộp những gì trong một tháng."),
    "picture-by-quarter": ("A mark stands for all of one quarter.", "Mỗi dấu gộp những gì trong một quý."),
    "picture-by-year": ("A mark stands for all of one year.", "Mỗi dấu gộp những gì trong một năm."),
    "picture-by-years": ("A mark stands for all of {count} years.", "Mỗi dấu gộp những gì trong {count} năm."),
    "picture-events": ("events", "sự kiện"),
    "picture-period": ("period of the campaign", "thời gian phong trào"),
    "picture-launch": ("launch", "phát động"),
    "picture-award": ("award", "khen thưởng"),
    "picture-award-about": ("award, time less exactly known", "khen thưởng, thời gian chưa chính xác"),
    "picture-no-type": ("type not told", "không nêu loại"),
    "picture-other-types": ("{count} other types", "{count} loại khác"),
    "picture-other-awarders": ("{count} other awarders", "{count} bên tặng khác"),
    "picture-uncounted-groups": ("not counted by any source", "không nguồn nào đếm"),
    "picture-by-awarder": ("recipients, by awarder", "bên nhận, theo bên tặng"),
    "picture-by-year-head": ("recipients, by year (?: year not known)", "bên nhận, theo năm (?: không rõ năm)"),
    "picture-chart-numbers": (
        "Numbers: recipients as the sources count them (≥ at least, ≤ at most, ≈ about); “2?”: two groups that no source "
        "counts, which add nothing; the hatched mark has always one size. Proposals and revoked awards are left out.",
        "Con số: bên nhận theo nguồn đếm (≥ ít nhất, ≤ nhiều nhất, ≈ khoảng); “2?”: hai nhóm không nguồn nào đếm, không cộng "
        "vào tổng; ô gạch chéo luôn có một cỡ. Không tính đề nghị và khen thưởng đã bị thu hồi.",
    ),
    "picture-chart-whole": (
        "All is drawn: {every} awarders, {events} award events.",
        "Vẽ đủ: {every} bên tặng, {events} sự kiện khen thưởng.",
    ),
    "picture-chart-thinned": (
        "Of {events} award events: {shown} of {every} awarders have a bar of their own; the others share one.",
        "Từ {events} sự kiện khen thưởng: {shown} trong {every} bên tặng có thanh riêng; các bên còn lại chung một thanh.",
    ),
    "picture-tree-marks": ("Squares: bodies; diamonds: posts.", "Hình vuông: tổ chức; hình thoi: chức vụ."),
    "picture-tree-whole": ("All {every} are drawn.", "Vẽ đủ {every} nút."),
    "picture-tree-thinned": (
        "{shown} of {every} are drawn; the others are counted where they belong or were left out at the end.",
        "Vẽ {shown} trong {every} nút; các nút còn lại được đếm ở chỗ của chúng hoặc bỏ ở cuối.",
    ),
    "picture-more-below": ("… and {count} more", "… và {count} nút khác"),
    "picture-ring-marks": (
        "Colours: communities (Louvain); thicker: more shared.",
        "Màu: cộng đồng (Louvain); nét dày hơn: chung nhiều hơn.",
    ),
    "picture-ring-whole": ("All {every} names with a tie are drawn, {ties} ties.", "Vẽ đủ {every} tên có liên kết, {ties} liên kết."),
    "picture-ring-thinned": (
        "Drawn are {shown} of {every} names, those with the most ties, and between them {drawn} of all {ties} ties, the strongest.",
        "Vẽ {shown} trong {every} tên, những tên nhiều liên kết nhất, và giữa chúng {drawn} liên kết mạnh nhất trong tổng số {ties}.",
    ),
    # the store
    "no-store": ("{path}: no store yet; run: thidua build", "{path}: chưa có kho dữ liệu; hãy chạy: thidua build"),
    "store-version": (
        "{path}: the store was made by thidua {found}, this is {wanted}; run: thidua build",
        "{path}: kho do thidua {found} tạo, bản này là {wanted}; hãy chạy: thidua build",
    ),
    "store-broken": (
        "{path}: the store cannot be read ({detail}); run: thidua build --force",
        "{path}: không đọc được kho ({detail}); hãy chạy: thidua build --force",
    ),
    "store-rotten": (
        "the store is damaged ({detail}); run: thidua build --force",
        "kho bị hỏng ({detail}); hãy chạy: thidua build --force",
    ),
    "store-locked": (
        "{path}: another process is building this store; wait for it, or name another with --store",
        "{path}: một tiến trình khác đang dựng kho này; hãy đợi, hoặc chọn kho khác bằng --store",
    ),
    "store-of-other-files": (
        "{path}: the store was made from other files than these, so --known-on cannot go with it; run: thidua build",
        "{path}: kho được dựng từ các tệp khác nên không dùng được --known-on; hãy chạy: thidua build",
    ),
    "not-a-store": (
        "{path}: holds other files and no store; name an empty or new folder with --store",
        "{path}: chứa tệp khác, không phải kho dữ liệu; hãy chọn thư mục trống hoặc mới bằng --store",
    ),
    "derivation": ("{path}: the derivation fails: {detail}", "{path}: phép suy dẫn bị lỗi: {detail}"),
    "normalised": ("{count} texts were not NFC and were normalised", "{count} chuỗi chưa ở dạng NFC và đã được chuẩn hóa"),
    "built": ("built {path}", "đã dựng {path}"),
    "unchanged": ("{path} is up to date", "{path} không có gì thay đổi"),
    # the command line
    "usage": ("{detail}; see: {program} --help", "{detail}; xem: {program} --help"),
    "did-you-mean": ("{detail}; did you mean: {choices}?", "{detail}; có phải ý bạn là: {choices}?"),
    "no-command": ("a command is needed", "cần một lệnh"),
    "unknown-argument": ("thidua {command}: unknown argument {argument}", "thidua {command}: không có tham số {argument}"),
    "unknown-command": ("unknown command {name}", "không có lệnh {name}"),
    "unknown-question": ("unknown question {name}", "không có câu hỏi {name}"),
    "list-questions": ("{detail}; thidua questions lists them", "{detail}; thidua questions liệt kê các câu hỏi"),
    "unknown-parameter": ("{question} has no parameter {name}", "{question} không có tham số {name}"),
    "parameters-are": ("{detail}; it takes: {parameters}", "{detail}; các tham số: {parameters}"),
    "no-parameters": ("{detail}; it takes none", "{detail}; câu hỏi này không có tham số"),
    "parameter-without-value": ("--{name} needs a value ({type})", "--{name} cần một giá trị ({type})"),
    "parameter-twice": ("--{name} is given twice", "--{name} bị nhập hai lần"),
    "bad-date": ("--{name}: {value} is not a date; write it as 2020-10-08", "--{name}: {value} không phải ngày; hãy viết như 2020-10-08"),
    "wrong-class": ("--{name}: {value} is a {found}, not a {wanted}", "--{name}: {value} là {found}, không phải {wanted}"),
    "not-utf8-argument": ("an argument is not UTF-8: {value}", "có tham số không phải UTF-8: {value}"),
    "empty-argument": ("--{name} is empty", "--{name} để trống"),
    "bad-iri": ("--{name}: {value} is not an IRI", "--{name}: {value} không phải IRI"),
    "bad-number": ("--{name}: {value} is not a number above zero", "--{name}: {value} không phải số dương"),
    "unknown-label": (
        "--{name}: nothing of kind {type} is called {value}; try: thidua find {value}",
        "--{name}: không có {type} nào tên {value}; hãy thử: thidua find {value}",
    ),
    "unknown-node": (
        "{value}: the graph knows no such thing; try: thidua find {value}",
        "{value}: không có trong đồ thị; hãy thử: thidua find {value}",
    ),
    "ambiguous-label": (
        "--{name}: {value} may be any of {choices}; give the IRI",
        "--{name}: {value} có thể là {choices}; hãy cho IRI",
    ),
    "ambiguous-node": (
        "{value} may be any of {choices}; give the IRI",
        "{value} có thể là {choices}; hãy cho IRI",
    ),
    "unknown-column": ("--columns: there is no column {name}; there are: {columns}", "--columns: không có cột {name}; các cột: {columns}"),
    "needs-extra": (
        "{what} needs an extra: pip install 'thidua[{extra}]'",
        "{what} cần phần bổ sung: pip install 'thidua[{extra}]'",
    ),
    "needs-file": ("{what} is binary; send it to a file or a pipe", "{what} là dữ liệu nhị phân; hãy chuyển vào tệp hoặc pipe"),
    # questions and queries
    "question-header": ("{path}:{line}: {detail}", "{path}:{line}: {detail}"),
    "known-on-shown": (
        "--show-query prints the query, which is the same on every day; leave out --known-on",
        "--show-query in câu truy vấn, vốn như nhau với mọi ngày; hãy bỏ --known-on",
    ),
    "nothing-recorded": (
        "nothing had been recorded by {day}; the first source was recorded on {first}",
        "đến ngày {day} chưa có gì được ghi nhận; nguồn đầu tiên được ghi nhận ngày {first}",
    ),
    "query-syntax": ("{path}: not a SPARQL 1.1 query: {detail}", "{path}: không phải truy vấn SPARQL 1.1: {detail}"),
    "query-service": (
        "{path}: SERVICE is not allowed: no query leaves this machine",
        "{path}: không cho phép SERVICE: truy vấn không được ra ngoài máy này",
    ),
    "query-file-or-text": (
        "give a query file or -e SPARQL, not both and not neither",
        "hãy cho tệp truy vấn hoặc -e SPARQL, chỉ một trong hai",
    ),
    "query-form": (
        "--format {format} does not fit this query; use {fitting}",
        "--format {format} không hợp với truy vấn này; hãy dùng {fitting}",
    ),
    "query-timeout": (
        "the query was stopped after {seconds} s; narrow it, or raise --timeout",
        "truy vấn bị dừng sau {seconds} giây; hãy thu hẹp, hoặc tăng --timeout",
    ),
    "query-memory": (
        "the query was stopped: it needs over {megabytes} MB; narrow it, or raise --memory",
        "truy vấn bị dừng: cần quá {megabytes} MB; hãy thu hẹp, hoặc tăng --memory",
    ),
    "child-died": ("the working process ended by itself (status {status})", "tiến trình xử lý tự kết thúc (mã {status})"),
    "too-deep": (
        "the working process broke off: something in the files or the query nests too deeply",
        "tiến trình xử lý bị ngắt: tệp hoặc truy vấn lồng nhau quá sâu",
    ),
    "machine": ("the machine says: {detail}", "máy báo: {detail}"),
    # sources
    "span-not-found": ("{path}: the words {words} do not occur", "{path}: không có cụm từ {words}"),
    "bad-sid": (
        "--sid: {value} cannot name a source; use three digits or 16 hex digits",
        "--sid: {value} không dùng làm mã nguồn được; dùng ba chữ số hoặc 16 chữ số hex",
    ),
    "no-text": ("{path}: no text of source {sid} with the hash {sha}", "{path}: không có văn bản của nguồn {sid} với mã băm {sha}"),
    "source-without-text": (
        "source {sid}: no text of it in {path}; not checked",
        "nguồn {sid}: không có văn bản trong {path}; chưa kiểm tra",
    ),
    "name-sources": (
        "nothing was checked; name the folder of the articles with --sources",
        "chưa kiểm tra gì; hãy chỉ thư mục bài báo bằng --sources",
    ),
    "nothing-verified": ("{path}: no text of any source; nothing was checked", "{path}: không có văn bản của nguồn nào; chưa kiểm tra gì"),
    "verified": (
        "{spans} spans of {sources} sources are what they say",
        "{spans} đoạn của {sources} nguồn đúng như đã ghi",
    ),
    "not-verified": (
        "{spans} spans of {sources} sources compared: {findings} findings",
        "đã so {spans} đoạn của {sources} nguồn: {findings} phát hiện",
    ),
    # ingestion
    "not-a-data-folder": (
        "{path}: holds other files and no graph; name an empty or new folder with --into",
        "{path}: chứa tệp khác, không phải đồ thị; hãy chọn thư mục trống hoặc mới bằng --into",
    ),
    "into-shipped": (
        "{path}: is the shipped graph, which nothing is ingested into; name another folder with --into",
        "{path}: là đồ thị đi kèm, không nạp thêm vào đó; hãy chọn thư mục khác bằng --into",
    ),
    "folder-locked": (
        "{path}: another process keeps this folder locked; wait for it, or name another with --into",
        "{path}: một tiến trình khác đang khóa thư mục này; hãy đợi, hoặc chọn thư mục khác bằng --into",
    ),
    "folder-damaged": (
        "{path}: is not as it was written ({detail}); put the file back, or ingest anew into another folder",
        "{path}: không còn như khi được ghi ({detail}); hãy khôi phục tệp, hoặc nạp lại vào thư mục khác",
    ),
    "bad-grammar": (
        "{path}: cannot be used as grammar: {detail}; mend it",
        "{path}: không dùng làm ngữ pháp được: {detail}; hãy sửa",
    ),
    "no-text-given": ("give a text to read: a file, a folder, or -", "hãy cho văn bản cần đọc: tệp, thư mục hoặc -"),
    "schema-alone": ("--schema prints the form of fact sheets; leave out the texts", "--schema in mẫu phiếu dữ kiện; hãy bỏ văn bản"),
    "sheet-name-twice": (
        "another text of this run has the sheet {name}; rename this one, or give it another folder",
        "văn bản khác trong lần chạy này đã có phiếu {name}; hãy đổi tên, hoặc chọn thư mục khác",
    ),
    "output-is-text": ("{path}: is the text itself; name another file", "{path}: chính là văn bản; hãy chọn tệp khác"),
    "no-facts": ("{path}: no facts are found in it", "{path}: không tìm thấy dữ kiện nào"),
    "extracted": (
        "{path}: {written} texts written, {wanting} not",
        "{path}: đã ghi {written} văn bản, {wanting} thì không",
    ),
    "kind-awards": ("awards", "khen thưởng"),
    "kind-campaigns": ("campaigns", "phong trào, cuộc vận động"),
    "kind-figures": ("figures", "số liệu"),
    "kind-targets": ("targets", "chỉ tiêu"),
    "kind-eligibility": ("may be given later", "sẽ được xét tặng"),
    "kind-launches": ("launches", "phát động"),
    "kind-gatherings": ("gatherings", "hội nghị, buổi lễ"),
    "kind-documents": ("documents cited", "văn bản được dẫn"),
    "kind-posts": ("posts held", "chức vụ"),
    "kind-not_awards": ("not given, or not yet", "chưa hoặc không trao"),
    "no-texts-given": ("give a text, or a fact sheet with --sheet", "hãy cho văn bản, hoặc phiếu dữ kiện bằng --sheet"),
    "no-texts": (
        "{path}: no text (.txt, .html) in it; nothing was read",
        "{path}: không có văn bản (.txt, .html); chưa đọc gì",
    ),
    "single-text-only": (
        "--{name} is of one text; give that text alone",
        "--{name} chỉ dùng cho một văn bản; hãy cho riêng văn bản đó",
    ),
    "sheet-as-text": (
        "{path}: is JSON, not a text; a fact sheet is given to thidua ingest with --sheet",
        "{path}: là JSON, không phải văn bản; phiếu dữ kiện đưa cho thidua ingest bằng --sheet",
    ),
    "bad-jobs": ("--jobs: {value} is not a number from 1 to {most}", "--jobs: {value} không phải số từ 1 đến {most}"),
    "text-other-language": ("not in Vietnamese ({language})", "không phải tiếng Việt ({language})"),
    "text-too-slow": ("stopped after {seconds} s; shorten it", "bị dừng sau {seconds} giây; hãy rút ngắn"),
    "text-is-shipped": ("the shipped graph holds this text as source {sid}", "đồ thị đi kèm đã có văn bản này là nguồn {sid}"),
    "other-sheet-counts": (
        "already there with another fact sheet, sheets/{sid}.json, which counts",
        "đã có với phiếu dữ kiện khác, sheets/{sid}.json, và phiếu đó được dùng",
    ),
    "sheet-of-other-text": (
        "/source/sha256: the sheet is of another text; this one has the hash {sha}",
        "/source/sha256: phiếu này của văn bản khác; văn bản này có mã băm {sha}",
    ),
    "sheet-without-text": (
        "/source/file: the text {file} is neither given nor beside the sheet; only the form was checked",
        "/source/file: văn bản {file} không được cho và không nằm cạnh phiếu; mới kiểm tra được hình thức",
    ),
    "later-version": (
        "was set aside, and since then source {sid} was accepted from the same address: what came later counts",
        "đã bị để riêng, và sau đó nguồn {sid} được nhận từ cùng địa chỉ: bản đến sau được dùng",
    ),
    "set-aside": (
        "set aside: {detail} (and {more} more); see {report}",
        "để riêng: {detail} (và {more} điều khác); xem {report}",
    ),
    "worker-died": (
        "a working process died; run again: what was accepted stays, the rest is done then",
        "một tiến trình xử lý bị chết; hãy chạy lại: phần đã nhận vẫn còn, phần còn lại sẽ được làm tiếp",
    ),
    "ingested": (
        "{path}: {texts} texts: {accepted} accepted, {alreadyThere} already there, {withoutFacts} without facts, {setAside} set aside, "
        "{unreadable} unreadable, {otherLanguage} in another language, {failed} failed",
        "{path}: {texts} văn bản: nhận {accepted}, đã có {alreadyThere}, không có dữ kiện {withoutFacts}, để riêng {setAside}, "
        "không đọc được {unreadable}, ngôn ngữ khác {otherLanguage}, lỗi {failed}",
    ),
    "ingesting": ("{texts} texts, {wanting} not accepted", "{texts} văn bản, {wanting} chưa nhận"),
    "unknown-link": (
        "{id}: no such link in {path}; thidua links lists them",
        "{id}: không có liên kết này trong {path}; thidua links liệt kê các liên kết",
    ),
    "link-undecided": ("{id}: nothing was decided about this link", "{id}: chưa có quyết định nào về liên kết này"),
    "no-data-folder": (
        "{path}: no data folder; run: thidua ingest TEXT --into {path}",
        "{path}: không có thư mục dữ liệu; hãy chạy: thidua ingest TEXT --into {path}",
    ),
    "one-decision": (
        "give one of --reject, --choose and --undo",
        "chỉ cho một trong --reject, --choose và --undo",
    ),
    "decided": ("source {sid} was made anew", "nguồn {sid} đã được lập lại"),
    "decided-aside": (
        "source {sid} is set aside; see quarantine/{sid}/report.txt",
        "nguồn {sid} bị để riêng; xem quarantine/{sid}/report.txt",
    ),
    "decision-refused": (
        "nothing was changed: with this the graph of source {sid} would not conform",
        "không thay đổi gì: nếu làm vậy đồ thị của nguồn {sid} sẽ không đạt quy tắc",
    ),
    # validation
    "no-shapes": ("{path}: no shapes; nothing was checked", "{path}: không có quy tắc nào; chưa kiểm tra gì"),
    "shape-ill-formed": ("{path}:{line}: a shape is ill-formed: {detail}", "{path}:{line}: quy tắc viết sai: {detail}"),
    "shapes-unusable": ("the shapes cannot be used: {detail}", "không dùng được các quy tắc: {detail}"),
    "no-data-to-check": ("no data; nothing was checked", "không có dữ liệu; chưa kiểm tra gì"),
    "no-target-hit": ("the shapes look at none of the data; nothing was checked", "không quy tắc nào áp vào dữ liệu; chưa kiểm tra gì"),
    "shapes-hit-nothing": (
        "{number} of {all} shapes with targets hit nothing in the data: {names}",
        "{number} trong {all} quy tắc có đích không gặp gì trong dữ liệu: {names}",
    ),
    "classes-unseen": (
        "no shape looks at things of {number} classes: {names}",
        "không quy tắc nào xét các đối tượng của {number} lớp: {names}",
    ),
    "shapes-recursive": (
        "{number} shapes come back to themselves, which SHACL leaves open; where one does, it is taken to hold: {names}",
        "{number} quy tắc tự dẫn về chính mình, điều mà SHACL để ngỏ; ở chỗ đó quy tắc được coi là thỏa mãn: {names}",
    ),
    "imports-not-read": ("{number} owl:imports are not followed: {names}", "{number} owl:imports không được đọc theo: {names}"),
    "graphs-not-read": (
        "{number} graphs that a later version took the place of were not read: {names}",
        "{number} đồ thị đã có bản thay thế nên không đọc: {names}",
    ),
    "finding-Class": ("The value {{?value}} is not of the class {limit}.", "Giá trị {{?value}} không thuộc lớp {limit}."),
    "finding-Datatype": (
        "The value {{?value}} is not a well-formed {limit}.",
        "Giá trị {{?value}} không phải là {limit} viết đúng.",
    ),
    "finding-NodeKind": ("The value {{?value}} is not of the kind {limit}.", "Giá trị {{?value}} không phải loại {limit}."),
    "finding-MinCount": ("Fewer than {limit} values of {{?path}}.", "Ít hơn {limit} giá trị của {{?path}}."),
    "finding-MaxCount": ("More than {limit} values of {{?path}}.", "Nhiều hơn {limit} giá trị của {{?path}}."),
    "finding-MinExclusive": ("The value {{?value}} is not above {limit}.", "Giá trị {{?value}} không lớn hơn {limit}."),
    "finding-MinInclusive": ("The value {{?value}} is not {limit} or above.", "Giá trị {{?value}} nhỏ hơn {limit} hoặc không so được."),
    "finding-MaxExclusive": ("The value {{?value}} is not below {limit}.", "Giá trị {{?value}} không nhỏ hơn {limit}."),
    "finding-MaxInclusive": ("The value {{?value}} is not {limit} or below.", "Giá trị {{?value}} lớn hơn {limit} hoặc không so được."),
    "finding-MinLength": ("The value {{?value}} has fewer than {limit} characters.", "Giá trị {{?value}} có ít hơn {limit} ký tự."),
    "finding-MaxLength": ("The value {{?value}} has more than {limit} characters.", "Giá trị {{?value}} có nhiều hơn {limit} ký tự."),
    "finding-Pattern": ("The value {{?value}} is not of the form {limit}.", "Giá trị {{?value}} không theo mẫu {limit}."),
    "finding-LanguageIn": (
        "The value {{?value}} is in none of the languages {limit}.",
        "Giá trị {{?value}} không thuộc các ngôn ngữ {limit}.",
    ),
    "finding-UniqueLang": ("Several values of {{?path}} are in one language.", "Nhiều giá trị của {{?path}} cùng một ngôn ngữ."),
    "finding-Equals": (
        "The values are not those of {limit}: {{?value}} is on one side only.",
        "Các giá trị khác với của {limit}: {{?value}} chỉ có ở một bên.",
    ),
    "finding-Disjoint": ("The value {{?value}} is one of {limit} too.", "Giá trị {{?value}} cũng là giá trị của {limit}."),
    "finding-LessThan": (
        "The value {{?value}} is not below those of {limit}.",
        "Giá trị {{?value}} không nhỏ hơn các giá trị của {limit}.",
    ),
    "finding-LessThanOrEquals": ("The value {{?value}} is above one of {limit}.", "Giá trị {{?value}} lớn hơn một giá trị của {limit}."),
    "finding-Not": (
        "The value {{?value}} has the shape {limit}, which it must not.",
        "Giá trị {{?value}} có dạng {limit}, điều không được phép.",
    ),
    "finding-And": ("The value {{?value}} lacks one of the shapes {limit}.", "Giá trị {{?value}} thiếu một trong các dạng {limit}."),
    "finding-Or": ("The value {{?value}} has none of the shapes {limit}.", "Giá trị {{?value}} không có dạng nào trong {limit}."),
    "finding-Xone": (
        "The value {{?value}} has not exactly one of the shapes {limit}.",
        "Giá trị {{?value}} không có đúng một trong các dạng {limit}.",
    ),
    "finding-Node": ("The value {{?value}} has not the shape {limit}.", "Giá trị {{?value}} không có dạng {limit}."),
    "finding-QualifiedMinCount": ("Too few values of {{?path}} have the shape {limit}.", "Quá ít giá trị của {{?path}} có dạng {limit}."),
    "finding-QualifiedMaxCount": (
        "Too many values of {{?path}} have the shape {limit}.",
        "Quá nhiều giá trị của {{?path}} có dạng {limit}.",
    ),
    "finding-Closed": ("{{?path}} is not allowed here; allowed are {limit}.", "Ở đây không được có {{?path}}; chỉ được có {limit}."),
    "finding-HasValue": ("The value {limit} is missing.", "Thiếu giá trị {limit}."),
    "finding-In": ("The value {{?value}} is none of {limit}.", "Giá trị {{?value}} không có trong {limit}."),
    "finding-SPARQL": ("The rule does not hold at {{$this}}.", "Quy tắc không thỏa mãn ở {{$this}}."),
    "finding-Custom": ("The rule {limit} does not hold at {{$this}}.", "Quy tắc {limit} không thỏa mãn ở {{$this}}."),
    "nothing-changed": (
        "{path}: nothing changed that any shape looks at; nothing was checked",
        "{path}: không có thay đổi nào mà quy tắc xét tới; chưa kiểm tra gì",
    ),
    "validated": (
        "{nodes} nodes checked: {violation} violations, {warning} warnings, {info} infos",
        "đã kiểm tra {nodes} nút: {violation} vi phạm, {warning} cảnh báo, {info} lưu ý",
    ),
    "violation": ("violation", "vi phạm"),
    "warning": ("warning", "cảnh báo"),
    "info": ("info", "lưu ý"),
    "report-title": ("Validation report", "Báo cáo kiểm tra"),
    "report-remarks": ("To be known", "Cần biết"),
    "report-overview": ("Rules with findings", "Các quy tắc có phát hiện"),
    "report-severity": ("severity", "mức độ"),
    "report-shape": ("rule", "quy tắc"),
    "report-source": ("source", "nguồn"),
    "report-no-source": ("of no source", "không thuộc nguồn nào"),
    "report-count": ("findings", "số phát hiện"),
    "report-search": ("search, with or without accents", "tìm, có dấu hoặc không dấu"),
    "report-all": ("all", "tất cả"),
    "report-matches": ("{{found}} of {{shown}} findings on this page", "{{found}} trong {{shown}} phát hiện trên trang này"),
    "report-shown": (
        "This page shows {shown} of {count} findings; the forms json, csv, ttl, sarif and junit have all.",
        "Trang này nêu {shown} trong {count} phát hiện; các dạng json, csv, ttl, sarif và junit có đủ.",
    ),
    "report-more": (
        "… and {count} more findings of {shape}, counted here and not shown; the forms json, csv, ttl, sarif and junit have all.",
        "… và {count} phát hiện nữa của {shape}, chỉ đếm chứ không nêu; các dạng json, csv, ttl, sarif và junit có đủ.",
    ),
    "report-more-shapes": (
        "… and {count} findings of {shapes} further rules, counted here and not shown.",
        "… và {count} phát hiện của {shapes} quy tắc khác, chỉ đếm chứ không nêu.",
    ),
    "github-rest": (
        "{count} further findings ({severity}) are not annotated: GitHub shows {most} of a kind a step. By rule:",
        "còn {count} phát hiện ({severity}) không được ghi chú: GitHub chỉ hiện {most} mục mỗi loại trong một bước. Theo quy tắc:",
    ),
    "sarif-many": (
        "{count} results; GitHub's code scanning takes in the first {most} of a run, worst first here",
        "{count} kết quả; code scanning của GitHub chỉ nhận {most} kết quả đầu của một lần chạy, ở đây nặng nhất xếp trước",
    ),
    "lines-of-other-files": (
        "no lines are told: the store was made from other files than these; run: thidua build",
        "không cho biết số dòng: kho được dựng từ các tệp khác; hãy chạy: thidua build",
    ),
    "place-unread": (
        "{path}:{line}: no lines are told of what stands from here on: it is read otherwise than the RDF library does",
        "{path}:{line}: từ đây trở đi không cho biết số dòng vì đọc khác với thư viện RDF",
    ),
    # reasoning
    "java": ("{path}: Java does not run: {detail}", "{path}: không chạy được Java: {detail}"),
    "reasoner-timeout": (
        "the reasoner was stopped after {seconds} s; raise --timeout",
        "bộ suy luận bị dừng sau {seconds} giây; hãy tăng --timeout",
    ),
    "reasoner-memory": ("the reasoner ran out of memory; raise --memory", "bộ suy luận hết bộ nhớ; hãy tăng --memory"),
    "no-checks": ("{path}: no .rq file, so nothing would be checked", "{path}: không có tệp .rq nên sẽ không kiểm tra được gì"),
    "reason-ontology-consistent": ("ontology: consistent", "bản thể luận: nhất quán"),
    "reason-ontology-inconsistent": ("ontology: inconsistent", "bản thể luận: mâu thuẫn"),
    "reason-ontology-refused": ("ontology: HermiT cannot take it: {detail}", "bản thể luận: HermiT không nhận: {detail}"),
    "reason-unsatisfiable": ("{node} can have no member", "{node} không thể có phần tử nào"),
    "reason-data-consistent": ("ontology and data: consistent", "bản thể luận và dữ liệu: nhất quán"),
    "reason-data-inconsistent": ("ontology and data: inconsistent", "bản thể luận và dữ liệu: mâu thuẫn"),
    "reason-data-refused": ("ontology and data: HermiT cannot take them: {detail}", "bản thể luận và dữ liệu: HermiT không nhận: {detail}"),
    "reason-data-unchecked": (
        "ontology and data: not checked by HermiT, mend the ontology first",
        "bản thể luận và dữ liệu: HermiT chưa kiểm tra, hãy sửa bản thể luận trước",
    ),
    "reason-findings": ("questions about the data: {count} found", "câu hỏi về dữ liệu: tìm thấy {count}"),
    "reason-no-findings": ("questions about the data: nothing amiss", "câu hỏi về dữ liệu: không có gì sai"),
    "reason-no-culprit": (
        "none of the questions names the cause; take away files until it is consistent",
        "không câu hỏi nào chỉ ra nguyên nhân; hãy bỏ bớt tệp cho đến khi hết mâu thuẫn",
    ),
    "reason-left-out": (
        "{count} statements were left out for HermiT, OWL 2 has no {datatypes}",
        "{count} phát biểu không đưa cho HermiT vì OWL 2 không có {datatypes}",
    ),
    "reason-in-profile": ("profile: in OWL 2 RL", "hồ sơ: thuộc OWL 2 RL"),
    "reason-outside-profile": ("profile: outside OWL 2 RL", "hồ sơ: nằm ngoài OWL 2 RL"),
    "finding": ("{check}: {values}", "{check}: {values}"),
    "finding-two-classes": (
        "{node} is in two disjoint classes: {first} (by {firstBy}) and {second} (by {secondBy})",
        "{node} thuộc hai lớp rời nhau: {first} (do {firstBy}) và {second} (do {secondBy})",
    ),
    "finding-two-values": (
        "{node} has more than one {property}, which is functional: {values}",
        "{node} có hơn một {property}, vốn chỉ được một giá trị: {values}",
    ),
    "finding-value-kind": (
        "{node}: {property} is an {kind} and cannot have the value {values}",
        "{node}: {property} là {kind} nên không thể có giá trị {values}",
    ),
    "finding-value-datatype": (
        "{node}: {property} has values of {datatype}, not {values} ({found})",
        "{node}: {property} có giá trị kiểu {datatype}, không phải {values} ({found})",
    ),
    "finding-profile-two-kinds": ("{node} is both {first} and {second}", "{node} vừa là {first} vừa là {second}"),
    "finding-profile-datatype": (
        "{node} {axiom} {datatype}: the datatype is not in OWL 2 RL",
        "{node} {axiom} {datatype}: kiểu dữ liệu không thuộc OWL 2 RL",
    ),
    "finding-profile-super-class": (
        "{node} {axiom}: no {construct} in this place",
        "{node} {axiom}: không được dùng {construct} ở vị trí này",
    ),
    "finding-profile-sub-class": (
        "{node}: no {construct} on the narrower side of {axiom}",
        "{node}: không được dùng {construct} ở phía hẹp hơn của {axiom}",
    ),
    "finding-profile-equivalent-class": (
        "{node} {axiom}: no {construct} in an equivalence",
        "{node} {axiom}: không được dùng {construct} trong phép tương đương",
    ),
    "finding-profile-axiom": ("{node}: OWL 2 RL has no {construct}", "{node}: OWL 2 RL không có {construct}"),
    "finding-profile-not-simple": (
        "{node} is transitive or above something transitive, so {construct} cannot be said of it",
        "{node} có tính bắc cầu hoặc bao gồm thuộc tính bắc cầu nên không thể có {construct}",
    ),
    "finding-profile-undeclared": ("{node} is used and not declared ({kind})", "{node} được dùng mà chưa khai báo ({kind})"),
    # JSON and its schema
    "json-problem": ("{path}: at {place}: {detail}", "{path}: tại {place}: {detail}"),
    "json-too-deep": ("nests over {limit} deep; write it flatter", "lồng nhau quá {limit} tầng; hãy viết phẳng hơn"),
    "json-key-twice": ("this key stands twice in one object; take one away", "khóa này xuất hiện hai lần trong một đối tượng; hãy bỏ một"),
    "json-number": (
        "a number that JSON does not have (NaN, Infinity) or of over 15 digits; mend it, or write null",
        "số không có trong JSON (NaN, Infinity) hoặc dài quá 15 chữ số; hãy sửa, hoặc ghi null",
    ),
    "json-not-text": (
        "half a surrogate pair, which is no character; mend the text",
        "nửa cặp thay thế, không phải ký tự; hãy sửa văn bản",
    ),
    "json-not-json": ("a value that JSON does not have", "giá trị không có trong JSON"),
    "schema-required": (
        "lacks {names}; add it, null where the text does not say",
        "thiếu {names}; hãy thêm, ghi null nếu văn bản không nói",
    ),
    "schema-type": ("is {found}, and must be of type {wanted}", "là {found}, phải thuộc kiểu {wanted}"),
    "schema-enum": ("is {found}, and must be one of: {wanted}", "là {found}, phải là một trong: {wanted}"),
    "sheet-item-twice": ("is the same as {place}; leave one of them out", "trùng với {place}; hãy bỏ một trong hai"),
    "schema-pattern": ("{found} is not of the form {wanted}", "{found} không đúng dạng {wanted}"),
    "schema-minimum": ("is {found}, and must be at least {wanted}", "là {found}, phải ít nhất {wanted}"),
    "schema-maximum": ("is {found}, and must be at most {wanted}", "là {found}, phải nhiều nhất {wanted}"),
    "schema-minItems": ("has too few items; it needs {wanted}", "có quá ít phần tử; cần {wanted}"),
    "schema-maxItems": ("has too many items; at most {wanted}", "có quá nhiều phần tử; nhiều nhất {wanted}"),
    "schema-minLength": ("is too short; at least {wanted} characters", "quá ngắn; ít nhất {wanted} ký tự"),
    "schema-maxLength": ("is too long; at most {wanted} characters", "quá dài; nhiều nhất {wanted} ký tự"),
    "schema-unknown": ("{names}: there is no such slot here; take it away", "{names}: không có ô này ở đây; hãy bỏ đi"),
    "schema-names": ("a name in it is empty, too long or not one line of text", "có tên rỗng, quá dài hoặc không phải một dòng chữ"),
    "schema-other": ("{detail}", "{detail}"),
    # fact sheets
    "sheet-no-day": (
        "{found} is in no calendar; write a day, month or year that is",
        "{found} không có trong lịch; hãy ghi ngày, tháng hoặc năm có thật",
    ),
    "sheet-both-empty": (
        "{first} and {second} are both null; give one, or take the entry away",
        "{first} và {second} đều là null; hãy cho một, hoặc bỏ mục này",
    ),
    "sheet-too-many-names": (
        "{names} names and a count of {count}; mend the count, or null",
        "{names} tên mà số lượng là {count}; hãy sửa số lượng, hoặc ghi null",
    ),
    "sheet-date-inferred": (
        "must be true where `inferred` has an entry for a given date, and false elsewhere",
        "phải là true khi `inferred` có mục cho ngày đã ghi, còn lại là false",
    ),
    "sheet-other-text": (
        "the sheet is about another text; this one has {found}",
        "phiếu này thuộc về văn bản khác; văn bản này có {found}",
    ),
    "sheet-spans-too-long": (
        "the spans have over {limit} characters in all; point at the words that carry a value, no more",
        "các đoạn trích dài tổng cộng quá {limit} ký tự; hãy chỉ đúng những từ làm căn cứ",
    ),
    "span-empty": ("[{start}, {end}] is empty; end comes after start", "[{start}, {end}] rỗng; cuối phải sau đầu"),
    "span-outside": (
        "[{start}, {end}] goes beyond the text, which has {length} characters",
        "[{start}, {end}] vượt ra ngoài văn bản, vốn có {length} ký tự",
    ),
    "span-too-long": (
        "[{start}, {end}] is over {limit} characters long; point at the words that carry the value",
        "[{start}, {end}] dài quá {limit} ký tự; hãy chỉ đúng những từ làm căn cứ",
    ),
    "span-blank": (
        "[{start}, {end}] begins or ends in a blank; leave the blank out",
        "[{start}, {end}] bắt đầu hoặc kết thúc bằng khoảng trắng; hãy bỏ khoảng trắng",
    ),
    "span-cuts-word": (
        "[{start}, {end}] cuts a word or number in two; take the whole of it",
        "[{start}, {end}] cắt đôi một từ hoặc số; hãy lấy trọn",
    ),
    "sheet-no-words": (
        "has neither spans nor an entry in `inferred`; say where it is printed, or from what it is inferred, or write null",
        "không có cả đoạn trích lẫn mục trong `inferred`; hãy chỉ chỗ in, hoặc căn cứ suy ra, hoặc ghi null",
    ),
    "sheet-not-carried": (
        "its spans do not print: {missing}; point at the words, or say in `inferred` from what it is, or mend the value",
        "các đoạn trích không in: {missing}; hãy chỉ đúng chỗ, hoặc ghi căn cứ vào `inferred`, hoặc sửa giá trị",
    ),
    "sheet-no-bound": (
        "nothing near the number says “{qualifier}”; write exact, or point at the word",
        "gần con số không có từ nào nói “{qualifier}”; hãy ghi exact, hoặc chỉ đúng từ đó",
    ),
    # evaluation
    "missing-folder": ("{path}: no such folder", "{path}: không có thư mục này"),
    "folder-empty": ("{path}: an empty folder; nothing was checked", "{path}: thư mục trống; chưa kiểm tra gì"),
    "folder-without-json": (
        "{path}: no .json file in this folder; name the folder that holds the sheets themselves",
        "{path}: thư mục không có tệp .json; hãy chỉ đúng thư mục chứa các phiếu",
    ),
    "gold-without-text": (
        "{path}: names no text_file to extract from; add one, or give sheets with --sheets",
        "{path}: không ghi text_file để trích; hãy thêm, hoặc cho phiếu bằng --sheets",
    ),
    "gold-text-absolute": (
        "{path}: text_file {text} is an absolute path; write it relative to a folder above the gold folder",
        "{path}: text_file {text} là đường dẫn tuyệt đối; hãy ghi tương đối từ một thư mục phía trên thư mục mẫu",
    ),
    "gold-text-missing": (
        "{path}: text_file {text} is in none of the folders above the gold folder; mend the name, or give sheets with --sheets",
        "{path}: không thư mục nào phía trên thư mục mẫu có text_file {text}; hãy sửa tên, hoặc cho phiếu bằng --sheets",
    ),
    "sheets-or-outlet": (
        "--without-outlet is for extracting; it does not go with --sheets",
        "--without-outlet dùng khi trích; không đi cùng --sheets",
    ),
    "evaluated-measure": (
        "{measure}  P {precision}  R {recall}  F1 {f1}   ({right} right of {predicted} predicted, {gold} gold)",
        "{measure}  P {precision}  R {recall}  F1 {f1}   (đúng {right} trong {predicted} dự đoán, mẫu có {gold})",
    ),
    "evaluated": (
        "{documents} documents; false conferrals {false}; documents without a sheet {missing}",
        "{documents} văn bản; trao khống {false}; văn bản không có phiếu {missing}",
    ),
    "evaluated-document": (
        "{name}: {found}/{gold} awards, {predicted} predicted, {false} false conferrals",
        "{name}: {found}/{gold} khen thưởng, dự đoán {predicted}, trao khống {false}",
    ),
    "evaluated-without-sheet": ("{name}: no sheet; {gold} awards missed", "{name}: không có phiếu; sót {gold} khen thưởng"),
    "difference-missed": ("missed, {what}: {gold}", "sót, {what}: {gold}"),
    "difference-wrong": ("wrong, {what}: {predicted} — gold: {gold}", "sai, {what}: {predicted} — mẫu: {gold}"),
    "difference-extra": ("not in gold, {what}: {predicted}", "mẫu không có, {what}: {predicted}"),
    "difference-false-conferral": ("FALSE CONFERRAL: {predicted}", "TRAO KHỐNG: {predicted}"),
    # what a name of a fact sheet was taken for, and why
    "link-name": ("name: {value}", "tên: {value}"),
    "link-number": ("number: {value}", "số hiệu: {value}"),
    "link-issuer": ("issuer: {value}", "nơi ban hành: {value}"),
    "link-within": ("lies in {value}", "thuộc {value}"),
    "link-near": ("the text names {value}, where only one of the name lies", "bài có nêu {value}, nơi chỉ có một đơn vị tên này"),
    "link-only-one": ("the only {value} of its name", "{value} duy nhất mang tên này"),
    "link-valid-on": ("of several of the name, the one of that time: {value}", "trong các tên trùng, là nơi tồn tại lúc đó: {value}"),
    "link-not-then": ("known by this name, but not at that time: {value}", "có tên này nhưng không tồn tại lúc đó: {value}"),
    "link-namesakes": ("of the name, and not to be told apart: {value}", "số trường hợp trùng tên, không phân biệt được: {value}"),
    "link-no-kind": (
        "{value}: of several levels; the words do not tell which",
        "{value}: có ở nhiều cấp; chữ trong bài không cho biết cấp nào",
    ),
    "link-post": ("holds the same post: {value}", "cùng chức vụ: {value}"),
    "link-body": ("in the same body: {value}", "cùng tổ chức: {value}"),
    "link-before": ("named before in the same text: {value}", "đã nêu ở trên trong cùng bài: {value}"),
    "link-period": ("the same period: {value}", "cùng giai đoạn: {value}"),
    "link-scope": ("the same scope: {value}", "cùng phạm vi: {value}"),
    "link-national": ("the national campaign: {value}", "phong trào toàn quốc: {value}"),
    "link-broader": ("no entry of its own; the one above it: {value}", "chưa có mục riêng; lấy mục rộng hơn: {value}"),
    "link-new-entry": ("an entry of its own: {value}", "mục mới: {value}"),
    "link-no-entry": ("not enough to make an entry: {value}", "không đủ để lập mục mới: {value}"),
    "link-decided": ("decided by a person", "do người dùng quyết định"),
    "link-to-unknown": (
        "link {link}: {iri} is not known; choose one of the alternatives, or find it with: thidua find",
        "liên kết {link}: không có {iri}; hãy chọn một trong các khả năng, hoặc tìm bằng: thidua find",
    ),
    "link-to-another-kind": (
        "link {link}: {iri} is of another kind; a {wanted} is needed",
        "liên kết {link}: {iri} thuộc loại khác; cần {wanted}",
    ),
    "sheet-of-another-text": (
        "{sheet}: the fact sheet is of another text (its hash is not that of the text); extract the text again",
        "{sheet}: phiếu dữ kiện là của văn bản khác (mã băm không khớp); hãy trích xuất lại",
    ),
    "span-outside-text": (
        "{sheet}: {slot}: characters {start} to {end} are not in the text; mend the sheet",
        "{sheet}: {slot}: ký tự {start} đến {end} không nằm trong văn bản; hãy sửa phiếu",
    ),
    # endings
    "no-rows": ("no rows", "không có dòng nào"),
    "interrupted": ("interrupted", "đã bị ngắt"),
    "internal": (
        "internal error: {detail}; run again with --debug and report it",
        "lỗi nội bộ: {detail}; hãy chạy lại với --debug và báo lỗi",
    ),
}


def text(key: str, lang: str = "en", **arguments: object) -> str:
    """The message `key` in `lang` with its places filled."""
    english, vietnamese = CATALOGUE[key]
    return (vietnamese if lang == "vi" else english).format(**arguments)
