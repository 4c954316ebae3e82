"""The words in which Vietnamese news counts and measures: currencies, measures, and nouns that follow a number."""


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.replace("\n", " ").split("|") if word.strip()]


# Written form to the unit that a quantity has. Of several that fit, the longest is read.
CURRENCIES = {
    "%": "%",
    "phần trăm": "%",
    "điểm phần trăm": "%",
    "đồng": "đồng",
    "đ": "đồng",
    "VND": "đồng",
    "VNĐ": "đồng",
    "vnđ": "đồng",
    "USD": "USD",
    "usd": "USD",
    "đô la": "USD",
    "đô la Mỹ": "USD",
    "đôla": "USD",
    "đôla Mỹ": "USD",
    "đô-la": "USD",
    "đô-la Mỹ": "USD",
    "đô": "USD",
    "$": "USD",
    "đô la Úc": "AUD",
    "đô la Australia": "AUD",
    "AUD": "AUD",
    "đô la Singapore": "SGD",
    "SGD": "SGD",
    "euro": "euro",
    "Euro": "euro",
    "EUR": "euro",
    "ơ-rô": "euro",
    "€": "euro",
    "bảng": "bảng",
    "bảng Anh": "bảng Anh",
    "GBP": "bảng",
    "£": "bảng",
    "yen": "yen",
    "yên": "yên",
    "Yen": "yen",
    "Yên": "yên",
    "JPY": "yen",
    "won": "won",
    "Won": "won",
    "nhân dân tệ": "Nhân dân tệ",
    "Nhân dân tệ": "Nhân dân tệ",
    "NDT": "Nhân dân tệ",
    "tệ": "Nhân dân tệ",
    "baht": "baht",
    "rúp": "rúp",
    "ruble": "ruble",
    "rupee": "rupee",
    "franc": "franc",
    "peso": "peso",
    "ringgit": "ringgit",
    "rupiah": "rupiah",
    "real": "real",
    "kíp": "kíp",
    "riel": "riel",
    "krone": "krone",
    "đô la Canada": "CAD",
    "đô la Hồng Kông": "HKD",
    "lượng vàng": "lượng vàng",
    "cây vàng": "cây vàng",
}
MEASURES = {
    form: unit
    for unit, forms in (
        ("m2", "m2|m²|m 2|mét vuông"),
        ("m3", "m3|m³|m 3|mét khối"),
        ("km2", "km2|km²|km 2"),
        ("độ C", "độ C|°C|oC|ºC|độ c|C"),
        ("ha", "ha|héc-ta|héc ta"),
        *((form, form) for form in _listed("km|m|cm|mm|km vuông|mét|kg|gram|gam|g|tấn|tạ|lít|ml|inch|feet|dặm|hecta")),
        *((form, form) for form in _listed("hải lý|hải lí|thùng|độ|độ F|độ richter|độ Richter|GB|MB|TB|MP|MHz|GHz")),
        *((form, form) for form in _listed("Gbps|Mbps|mAh|Nm|mã lực|W|kW|MW|kWh|MWh|V|Hz|dB|megapixel|carat|lb|miles")),
        *((form, form) for form in _listed("pound|kilomet|ki-lô-mét")),
    )
    for form in _listed(forms)
}
# Spans of time are quantities only where they measure something, see `quantities.py`.
DURATIONS = ("năm", "tháng", "tuần", "ngày", "giờ", "phút", "giây")
NOUNS = frozenset(
    _listed(
        """
người | tuổi | người theo dõi | bệnh nhân | học sinh | sinh viên | học viên | giáo viên | nhà giáo | đại biểu |
thành viên | cán bộ | chiến sĩ | chiến sỹ | cán bộ chiến sĩ | nhân viên | công nhân | lao động | người lao động |
nông dân | ngư dân | cầu thủ | vận động viên | VĐV | HLV | thí sinh | nghệ sĩ | diễn viên | ca sĩ | chuyên gia |
nhà khoa học | bác sĩ | kỹ sư | luật sư | cảnh sát | binh sĩ | binh sỹ | quân nhân | tay súng | phiến quân |
chiến binh | nghi phạm | bị cáo | bị can | đối tượng | tội phạm | nạn nhân | con tin | hành khách | du khách |
khách | khách hàng | khách du lịch | khách quốc tế | lượt khách | lượt | lượt người | lượt xem | lượt người xem |
lượt theo dõi | khán giả | cổ động viên | cử tri | ứng cử viên | ứng viên | nghị sĩ | nghị sỹ | đại sứ |
quan chức | lãnh đạo | nhà lãnh đạo | nhà ngoại giao | nhà báo | phóng viên | phụ nữ | nam giới | trẻ em | trẻ |
em | em nhỏ | cháu | cháu bé | bé | con | con trai | con gái | đảng viên | hội viên | đoàn viên | thanh niên |
tình nguyện viên | cựu chiến binh | cổ đông | nhà đầu tư | nhà thiết kế | người mẫu | golfer | tăng ni | phật tử |
tín đồ | công dân | dân | thường dân | cư dân | dân thường | nhân khẩu | hộ | hộ dân | hộ nghèo | hộ gia đình |
gia đình | cặp đôi | quân | vợ | y bác sĩ | điều dưỡng | tiến sĩ | thạc sĩ | giáo sư | nghiên cứu sinh | phi công |
thủy thủ | thuyền viên | thuyền nhân | thi thể | thủ môn | trọng tài | kỳ thủ | tay vợt | doanh nhân | tỷ phú |
tỉ phú | phi hành gia | lính | binh lính | sĩ quan | tướng | nhân sự | vị | thủ lĩnh | đặc công | vệ sĩ |
thành viên ban tổ chức | hướng dẫn viên | kỹ thuật viên | giám khảo | thầy cô | giám đốc | cử nhân | tù nhân |
phạm nhân | doanh nghiệp | DN | công ty | công ty con | tập đoàn | ngân hàng | cửa hàng | siêu thị | chi nhánh |
đại lý | nhà máy | xí nghiệp | nhà thầu | hợp tác xã | HTX | cơ sở | cơ sở kinh doanh | cơ sở sản xuất |
cơ sở lưu trú | cơ sở y tế | đơn vị | tổ chức | cơ quan | bộ | sở | hãng | hãng tin | trường | trường học |
trường đại học | trường mầm non | trường tiểu học | bệnh viện | trạm | trạm y tế | viện nghiên cứu | trung tâm |
CLB | câu lạc bộ | đội | đội bóng | đội tuyển | đoàn | đoàn thể | hiệp hội | nhóm | lực lượng | quốc gia |
vùng lãnh thổ | nước | nước thành viên | tỉnh | tỉnh thành | tỉnh thành phố | thành phố | quận | huyện | xã |
phường | thị xã | thị trấn | thôn | bản | làng | làng nghề | ấp | địa phương | bang | khu vực | vùng |
khu công nghiệp | KCN | khu đô thị | khu dân cư | dự án | công trình | hạng mục | gói thầu | hợp đồng |
thỏa thuận | văn kiện | văn bản | biên bản | nghị quyết | dự án luật | dự thảo luật | quyết định | thủ tục |
tiêu chí | mục tiêu | nhiệm vụ | giải pháp | nội dung | báo cáo | sản phẩm | mặt hàng | danh mục | thương hiệu |
bằng sáng chế | đề tài | công trình nghiên cứu | tác phẩm | bài báo | bài viết | bài thơ | ca khúc | bài hát |
bộ phim | phim | cuốn sách | đầu sách | bức ảnh | bức tranh | hiện vật | tài liệu | tư liệu | hình ảnh | tiết mục |
vở diễn | album | clip | video | chương trình | sự kiện | lễ hội | hội nghị | hội thảo | cuộc họp | cuộc gặp |
cuộc gọi | cuộc tấn công | cuộc không kích | cuộc thanh tra | cuộc thi | cuộc | vụ | vụ việc | vụ án | vụ tai nạn |
vụ cháy | vụ nổ | vụ tấn công | trường hợp | ca | ca bệnh | ca nhiễm | ca mắc | ca mắc mới | trận | trận đấu |
trận thắng | trận thua | trận hòa | trận hoà | chiến thắng | bàn thắng | bàn | bàn thua | điểm | điểm số | ghế |
phiếu | phiếu bầu | lần | vòng | vòng đấu | hiệp | huy chương vàng | huy chương bạc | huy chương đồng |
huy chương | HCV | HCB | HCĐ | giải | giải thưởng | giải nhất | giải nhì | giải ba | giải khuyến khích |
danh hiệu | chức vô địch | cúp | Quả bóng vàng | kỷ lục | suất | suất học bổng | học bổng | suất quà | phần quà |
phần | vé | tấm vé | chỗ ngồi | chỗ | phòng | phòng khách sạn | phòng học | giường | giường bệnh | xe | xe máy |
xe tải | xe khách | xe ô tô | ô tô | xe buýt | xe tăng | xe bọc thép | xe đạp | xe mô tô | mô tô | xe container |
phương tiện | chiếc | chiếc xe | tàu | tàu cá | tàu chiến | tàu ngầm | tàu sân bay | tàu hải quân | thuyền |
máy bay | máy bay không người lái | trực thăng | chuyến bay | chuyến | chuyến tàu | chiến hạm | tiêm kích |
tên lửa | quả | quả bom | bom | UAV | rocket | đầu đạn | viên đạn | phát đạn | phát | khẩu súng | khẩu pháo |
súng | thiết bị | máy | máy thở | camera | máy tính | điện thoại | hệ thống | bóng đèn | đầu máy | toa | toa tàu |
giếng | giếng khoan | căn | căn nhà | căn hộ | nhà | ngôi nhà | nóc nhà | phòng ở | biệt thự | tòa nhà | tầng |
nhà ga | ga | làn xe | làn đường | cây | cây xanh | cây cầu | cầu | cầu vượt | trụ cầu | đường hầm | tuyến |
tuyến đường | nhánh | trạm biến áp | trang trại | thửa đất | lô đất | lô | mỏ | bể | hồ | đảo | gian hàng |
quầy hàng | chốt | con bò | con lợn | con gà | con hổ | con vịt | con trâu | cá thể | loài | giống | gốc cây |
gốc | đàn | cổ phiếu | cổ phần | cp | trái phiếu | đơn | đơn hàng | đơn kiện | hồ sơ | tài khoản | giao dịch |
lệnh | tín chỉ | thuê bao | trang | trang web | tờ | tờ vé số | bộ hồ sơ | lượt truy cập | tin nhắn | việc làm |
vị trí | vị trí việc làm | bậc | lĩnh vực | ngành | ngành nghề | môn | môn học | nguyện vọng | tội danh | tiền án |
tiền sự | thẻ phạt | thẻ đỏ | thẻ vàng | thẻ | mẫu | mẫu xe | mẫu xét nghiệm | phiên bản | liều | liều vaccine |
liều vắc xin | mũi | viên | gói | bao | bịch | hộp | thùng hàng | bánh | bánh heroin | kiện | container | tấm |
tấm gương | gương mặt | nhóm thủ tục | ngày công | giai đoạn | đợt | khóa | thị thực | di tích | đặc sản | món |
món ăn | bữa | bữa ăn | đơn vị máu | đơn vị hành chính | thành viên đoàn | nguồn tin | Ban Trị sự | địa điểm |
điểm cầu | điểm bán | điểm giao dịch | điểm bỏ phiếu | căn cứ | căn cứ quân sự | sân bay | tháp | chùa | tổ hợp |
cụm công nghiệp | mã lực | trung đoàn | sư đoàn | lữ đoàn | tiểu đoàn | cường quốc | đồng minh | đối tác |
trận động đất | công an cấp tỉnh
"""
    )
)
# Of the nouns, things that are given, sold and carried.
GOODS = frozenset(
    _listed(
        """
xe | xe máy | xe tải | xe khách | xe ô tô | ô tô | xe buýt | xe tăng | xe bọc thép | xe đạp | xe mô tô | mô tô |
xe container | phương tiện | chiếc | chiếc xe | tàu | tàu cá | tàu chiến | tàu ngầm | tàu sân bay | thuyền |
máy bay | máy bay không người lái | trực thăng | chiến hạm | tiêm kích | tên lửa | quả | quả bom | bom | UAV |
rocket | đầu đạn | viên đạn | khẩu súng | khẩu pháo | súng | thiết bị | máy | máy thở | camera | máy tính |
điện thoại | hệ thống | bóng đèn | đầu máy | toa | toa tàu | căn | căn nhà | căn hộ | nhà | ngôi nhà | liều |
liều vaccine | liều vắc xin | suất học bổng | học bổng | suất quà | phần quà | suất | phần | vé | tấm vé | gói |
hộp | thùng hàng | container | giường bệnh | đơn vị máu | cuốn sách | bộ | sản phẩm | cây xanh | con bò | cái
"""
    )
)
# Two of one row joined by a comma or "và" are one unit ("tỉnh, thành phố").
PAIRED = (
    frozenset(("tỉnh", "thành phố", "thành", "quận", "huyện", "thị xã", "thị trấn", "xã", "phường", "thôn")),
    frozenset(("quốc gia", "vùng lãnh thổ", "nước")),
    frozenset(("tổ chức", "cá nhân", "cá thể", "đơn vị", "doanh nghiệp")),
)
